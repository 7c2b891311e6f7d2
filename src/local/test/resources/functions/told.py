import logging
import os
import sys
from decimal import Decimal

import beside

count = 0


def handler(event, context):
    global count
    count += 1
    order = event["do"]
    print("told to", order)
    if order == "context":
        return {
            "id": context.aws_request_id, "function": context.function_name, "version": context.function_version,
            "memory": context.memory_limit_in_mb, "arn": context.invoked_function_arn,
            "group": context.log_group_name, "stream": context.log_stream_name,
            "remaining": context.get_remaining_time_in_millis()}
    if order == "environment":
        return {name: os.environ.get(name, "") for name in event["names"]}
    if order == "count":
        return {"count": count, "beside": beside.WORD, "price": Decimal("1.5"), "letter": "é"}
    if order == "log":
        logging.getLogger().error("an error to log")
        sys.stderr.write("to stderr\n")
        return None
    if order == "raise":
        raise ValueError("no such ride")
    if order == "exit":
        sys.exit(3)
    return object()


class Rides:
    @staticmethod
    def start(event, context):
        return "of a class"
