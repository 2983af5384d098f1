"""Starts the AWS emulator (moto) on a free port of 127.0.0.1 and stops it when its parent is gone.

Prints one line, `listening PORT`, once requests are accepted: the listening socket exists before the line, so
nobody can take the port in between. The parent holds the other end of standard input; when that closes, also
because the parent was killed, this process ends.

Behaviour that moto lacks is added by the modules of the folder beside this file, each with a link to AWS's
documentation. They are the arguments, a name and a text each, in the order of their imports. Nothing here knows the
provider.
"""

import collections
import io
import json
import os
import re
import sys
import threading
import types
import urllib.parse


def end_with_parent():
    while os.read(0, 4096):
        pass
    os._exit(0)


class Counter:
    """Counts requests by `service:action` and answers `GET /sandbox/calls` with the counts, which then begin anew."""

    def __init__(self, application):
        self.application = application
        self.counts = collections.Counter()
        self.lock = threading.Lock()

    def __call__(self, environ, start_response):
        if environ["PATH_INFO"] == "/sandbox/calls":
            with self.lock:
                counts, self.counts = self.counts, collections.Counter()
            start_response("200 OK", [("Content-Type", "application/json")])
            return [json.dumps(counts).encode()]
        name = self.name(environ)
        with self.lock:
            self.counts[name] += 1
        return self.application(environ, start_response)

    def name(self, environ):
        # Credential=KEY/DATE/REGION/SERVICE/aws4_request
        scope = re.search(
            r"Credential=[^/]*/[^/]*/[^/]*/([^/]*)/", environ.get("HTTP_AUTHORIZATION", "")
        )
        service = scope.group(1) if scope else "none"
        target = environ.get("HTTP_X_AMZ_TARGET")
        if target:
            return f"{service}:{target.rsplit('.', 1)[-1]}"
        if environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            environ["wsgi.input"] = io.BytesIO(body)
            action = urllib.parse.parse_qs(body.decode("utf-8", "replace")).get("Action")
            if action:
                return f"{service}:{action[0]}"
        return f"{service}:{environ['REQUEST_METHOD']}"


def add_behaviour(arguments):
    package = sys.modules["overlay"] = types.ModuleType("overlay")
    package.__path__ = []
    for name, text in zip(arguments[::2], arguments[1::2]):
        module = sys.modules[f"overlay.{name}"] = types.ModuleType(f"overlay.{name}")
        exec(compile(text, f"overlay/{name}.py", "exec"), module.__dict__)


def main():
    threading.Thread(target=end_with_parent, daemon=True).start()
    add_behaviour(sys.argv[1:])
    from moto.moto_server.werkzeug_app import (
        DomainDispatcherApplication,
        MotoRequestHandler,
        create_backend_app,
    )
    from werkzeug.serving import make_server

    application = Counter(DomainDispatcherApplication(create_backend_app))
    server = make_server(
        "127.0.0.1", 0, application, threaded=True, request_handler=MotoRequestHandler
    )
    os.environ["MOTO_PORT"] = str(server.port)
    print(f"listening {server.port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    sys.exit(main())
