"""Starts the AWS emulator (moto) on a free port of 127.0.0.1 and stops it when its parent is gone.

Prints one line, `listening PORT`, once requests are accepted: the listening socket exists before the line, so
nobody can take the port in between. The parent holds the other end of standard input; when that closes, also
because the parent was killed, this process ends.

Behaviour that moto lacks is added here, each with a link to AWS's documentation. Nothing here knows the provider.
"""

import os
import sys
import threading


def end_with_parent():
    while os.read(0, 4096):
        pass
    os._exit(0)


def main():
    threading.Thread(target=end_with_parent, daemon=True).start()
    from moto.moto_server.werkzeug_app import (
        DomainDispatcherApplication,
        MotoRequestHandler,
        create_backend_app,
    )
    from werkzeug.serving import make_server

    application = DomainDispatcherApplication(create_backend_app)
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=MotoRequestHandler)
    os.environ["MOTO_PORT"] = str(server.port)
    print(f"listening {server.port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    sys.exit(main())
