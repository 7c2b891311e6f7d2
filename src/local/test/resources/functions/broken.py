def handler(event
