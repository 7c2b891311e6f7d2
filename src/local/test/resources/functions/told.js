const {word} = require("./beside.cjs");
let count = 0;

exports.handler = async (event, context) => {
    count++;
    console.log("told to", event.do);
    switch (event.do) {
        case "context":
            return {
                id: context.awsRequestId, function: context.functionName, version: context.functionVersion,
                memory: context.memoryLimitInMB, arn: context.invokedFunctionArn, group: context.logGroupName,
                stream: context.logStreamName, remaining: context.getRemainingTimeInMillis(),
            };
        case "environment":
            return Object.fromEntries(event.names.map(name => [name, process.env[name] ?? ""]));
        case "count":
            return {count, beside: word, price: 1.5, letter: "é"};
        case "log":
            console.error("an error to log");
            process.stderr.write("to stderr\n");
            return null;
        case "raise":
            throw new RangeError("no such ride");
        case "exit":
            process.exit(3);
        case "nothing":
            return;
        case "never":
            return new Promise(() => {});
        default:
            return {itself: globalThis};
    }
};
exports.called = (event, context, callback) => {
    setTimeout(() => event.fail ? callback(new Error("told to fail")) : callback(null, "called back"), 1);
};
exports.silent = (event, context, callback) => {};
exports.rides = {start: () => Promise.resolve("of an object")};
exports.word = "not a function";
