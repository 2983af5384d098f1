use std::io;
use std::net::Ipv4Addr;
use std::ops::RangeInclusive;

use tokio::net::TcpListener;
#[cfg(unix)]
use tokio::net::UnixListener;

use super::connection::Connection;
use super::handshake::Address;
use super::launch::Launch;

/// Where Terraform connects to: a Unix socket that only this user can reach, or a TCP port of the loopback interface.
pub(super) struct Listener {
    socket: Socket,
    address: Address,
}

enum Socket {
    #[cfg(unix)]
    Unix {
        listener: UnixListener,
        /// Removed, with the socket in it, when the listener goes.
        _directory: tempfile::TempDir,
    },
    Tcp(TcpListener),
}

impl Listener {
    /// A Unix socket where there are any. With `authenticated` clients a TCP port will do too, should the directory for
    /// temporary files not take a socket.
    #[cfg(unix)]
    pub(super) fn bind(launch: &Launch, authenticated: bool) -> io::Result<Listener> {
        match Listener::unix() {
            Err(_) if authenticated => Listener::tcp(launch.ports()),
            bound => bound,
        }
    }

    /// A TCP port. Without TLS any local user can connect to it, as with every provider on this platform.
    #[cfg(not(unix))]
    pub(super) fn bind(launch: &Launch, _authenticated: bool) -> io::Result<Listener> {
        Listener::tcp(launch.ports())
    }

    #[cfg(unix)]
    fn unix() -> io::Result<Listener> {
        use std::os::unix::fs::PermissionsExt;

        /// The shortest limit of a socket's path is 104 bytes, with the final zero, on macOS.
        const MAX_PATH: usize = 100;

        let make = |parent: &std::path::Path| {
            tempfile::Builder::new()
                .prefix("tf-")
                .permissions(std::fs::Permissions::from_mode(0o700))
                .tempdir_in(parent)
        };
        let mut directory = make(&std::env::temp_dir())?;
        if directory.path().as_os_str().len() + "/provider".len() > MAX_PATH {
            directory = make(std::path::Path::new("/tmp"))?;
        }
        let path = directory.path().join("provider");
        let listener = UnixListener::bind(&path)?;
        let text = path.into_os_string().into_string().map_err(|_| io::ErrorKind::InvalidFilename)?;
        Ok(Listener {
            socket: Socket::Unix { listener, _directory: directory },
            address: Address { network: "unix", text },
        })
    }

    /// The first free port of the range.
    fn tcp(ports: RangeInclusive<u16>) -> io::Result<Listener> {
        let mut last = io::Error::from(io::ErrorKind::AddrNotAvailable);
        for port in ports {
            // Not Tokio's `bind`, which would let another process listen on the same port on some platforms.
            match std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
                Ok(listener) => {
                    listener.set_nonblocking(true)?;
                    let address = Address { network: "tcp", text: listener.local_addr()?.to_string() };
                    return Ok(Listener { socket: Socket::Tcp(TcpListener::from_std(listener)?), address });
                }
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    pub(super) fn address(&self) -> &Address {
        &self.address
    }

    pub(super) async fn accept(&self) -> io::Result<Connection> {
        match &self.socket {
            #[cfg(unix)]
            Socket::Unix { listener, .. } => Ok(Connection::new(listener.accept().await?.0)),
            Socket::Tcp(listener) => {
                let (stream, _) = listener.accept().await?;
                stream.set_nodelay(true)?;
                Ok(Connection::new(stream))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn tcp_takes_the_first_free_port_of_the_range() {
        let taken = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = Listener::tcp(port..=port).err().unwrap();
        assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
        let listener = Listener::tcp(port..=u16::MAX).unwrap();
        let bound: std::net::SocketAddrV4 = listener.address().text.parse().unwrap();
        assert_eq!((listener.address().network, *bound.ip()), ("tcp", Ipv4Addr::LOCALHOST));
        assert!(bound.port() > port);
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn the_socket_is_private_short_and_removed() {
        use std::os::unix::fs::PermissionsExt;

        let listener = Listener::unix().unwrap();
        let path = std::path::PathBuf::from(&listener.address().text);
        let directory = path.parent().unwrap().to_owned();
        assert_eq!(directory.metadata().unwrap().permissions().mode() & 0o777, 0o700);
        assert!(path.as_os_str().len() <= 100);
        drop(listener);
        assert!(!directory.exists());
    }
}
