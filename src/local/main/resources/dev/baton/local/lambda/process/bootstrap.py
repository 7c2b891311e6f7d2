"""Lambda's runtime for Python: loads the handler that its argument names, and runs one invocation after the other."""
import http.client
import importlib
import json
import logging
import os
import sys
import time
import traceback
from decimal import Decimal
from types import SimpleNamespace

API = "/2018-06-01/runtime/"
connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
request_id = ""


def call(method, path, body=None, error_type=None):
    headers = {"Lambda-Runtime-Function-Error-Type": error_type} if error_type else {}
    connection.request(method, API + path, body, headers)
    response = connection.getresponse()
    return response.headers, response.read()


class Failure(Exception):
    """A failure of the runtime's own, which has no trace."""


class Context:
    def __init__(self, headers):
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.identity = SimpleNamespace(cognito_identity_id=None, cognito_identity_pool_id=None)
        client = json.loads(headers.get("Lambda-Runtime-Client-Context") or "null")
        self.client_context = client and SimpleNamespace(
            client=SimpleNamespace(**client.get("client", {})), custom=client.get("custom"), env=client.get("env"))
        self._deadline = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(self._deadline - int(time.time() * 1000), 0)

    def log(self, message):
        print(message, end="")


class LogHandler(logging.StreamHandler):
    converter = time.gmtime

    def format(self, record):
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + ".%03dZ" % record.msecs
        text = "[%s]\t%s\t%s\t%s" % (record.levelname, moment, request_id, record.getMessage())
        return text + ("\n" + logging.Formatter().formatException(record.exc_info) if record.exc_info else "")


def plain(value):
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)


def load(handler):
    if "." not in handler:
        raise Failure("Runtime.MalformedHandlerName",
                      "Bad handler '%s': not enough values to unpack (expected 2, got 1)" % handler)
    module, function = handler.rsplit(".", 1)
    try:
        loaded = importlib.import_module(module.replace("/", "."))
    except ImportError as e:
        raise Failure("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (module, e))
    except SyntaxError as e:
        raise Failure("Runtime.UserCodeSyntaxError", "Syntax error in module '%s': %s" % (module, e))
    if not hasattr(loaded, function):
        raise Failure("Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (function, module))
    return getattr(loaded, function)


def report(path, error):
    if isinstance(error, Failure):
        kind, message, trace = *error.args, []
    else:
        own = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
        trace = [frame for frame in traceback.format_list(own) if "<frozen importlib" not in frame]
        kind, message = type(error).__name__, str(error)
    print("[ERROR] %s: %s\nTraceback (most recent call last):\n%s" % (kind, message, "".join(trace)))
    body = {"errorMessage": message, "errorType": kind, "requestId": request_id, "stackTrace": trace}
    call("POST", path, json.dumps(body), kind)


def invoke(handler):
    global request_id
    headers, payload = call("GET", "invocation/next")
    request_id = headers["Lambda-Runtime-Aws-Request-Id"]
    os.environ["_X_AMZN_TRACE_ID"] = headers.get("Lambda-Runtime-Trace-Id") or ""
    try:
        result = handler(json.loads(payload), Context(headers))
        try:
            text = json.dumps(result, default=plain, ensure_ascii=False)
        except Exception as e:
            raise Failure("Runtime.MarshalError", "Unable to marshal response: %s" % e)
    except Exception as e:
        report("invocation/%s/error" % request_id, e)
    else:
        call("POST", "invocation/%s/response" % request_id, text.encode("utf-8"))


def main():
    sys.path[0] = os.environ["LAMBDA_TASK_ROOT"]
    logging.getLogger().addHandler(LogHandler(sys.stdout))
    try:
        handler = load(sys.argv[1])
    except Exception as e:
        report("init/error", e)
        sys.exit(1)
    while True:
        invoke(handler)


main()
