// Lambda's runtime for Node.js: loads the handler that its argument names, and runs one invocation after the other.
import fs from "node:fs";
import http from "node:http";
import {createRequire} from "node:module";
import path from "node:path";
import {pathToFileURL} from "node:url";
import util from "node:util";

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const agent = new http.Agent({keepAlive: false});
let requestId = "";

function call(method, target, body = "", errorType = undefined) {
    const headers = {"Content-Type": "application/json", "Content-Length": Buffer.byteLength(body)};
    if (errorType) headers["Lambda-Runtime-Function-Error-Type"] = errorType;
    return new Promise((resolve, reject) => {
        const options = {host, port, agent, method, headers, path: "/2018-06-01/runtime/" + target};
        const request = http.request(options, response => {
            const parts = [];
            response.on("data", part => parts.push(part));
            response.on("end", () => resolve({headers: response.headers, text: Buffer.concat(parts).toString("utf8")}));
        });
        request.on("error", reject);
        request.end(body);
    });
}

const LEVELS = {log: "INFO", info: "INFO", warn: "WARN", error: "ERROR", debug: "DEBUG", trace: "TRACE"};
for (const [name, level] of Object.entries(LEVELS)) {
    console[name] = (...values) => {
        const text = util.format(...values).replace(/\n/g, "\r");
        fs.writeSync(1, `${new Date().toISOString()}\t${requestId}\t${level}\t${text}\n`);
    };
}

function failure(type, message) {
    const error = new Error(message);
    error.name = type;
    error.stack = `${type}: ${message}`;
    return error;
}

function described(error) {
    if (!(error instanceof Error)) return {errorType: typeof error, errorMessage: String(error), trace: []};
    return {errorType: error.name, errorMessage: error.message, trace: (error.stack ?? "").split("\n")};
}

async function report(target, error, what) {
    const body = described(error);
    console.error(`${what} \t${JSON.stringify(body)}`);
    await call("POST", target, JSON.stringify(body), body.errorType);
}

// What is said of an ES module that calls itself a script.
const MODULE = /^(Cannot use import statement|Unexpected token 'export')/;

async function module(file, name) {
    try {
        const isFile = each => fs.statSync(each, {throwIfNoEntry: false})?.isFile();
        const found = [file, file + ".js", file + ".mjs", file + ".cjs"].find(isFile);
        if (!found) throw failure("Runtime.ImportModuleError", `Error: Cannot find module '${name}'`);
        try {
            if (!found.endsWith(".mjs")) return createRequire(found)(found);
        } catch (error) {
            const isModule = /^ERR_REQUIRE_/.test(error.code) || MODULE.test(error.message);
            if (!isModule) throw error;
        }
        return await import(pathToFileURL(found).href);
    } catch (error) {
        if (error instanceof SyntaxError) throw failure("Runtime.UserCodeSyntaxError", String(error));
        if (/MODULE_NOT_FOUND$/.test(error.code)) throw failure("Runtime.ImportModuleError", String(error));
        throw error;
    }
}

async function load(handler) {
    const folder = path.dirname(handler);
    const [, name, member] = path.basename(handler).match(/^([^.]*)\.(.+)$/) ?? [];
    if (!name) throw failure("Runtime.MalformedHandlerName", "Bad handler");
    const loaded = await module(path.resolve(process.env.LAMBDA_TASK_ROOT, folder, name), path.join(folder, name));
    const found = member.split(".").reduce((from, part) => from?.[part], loaded) ?? (loaded.default ?? {})[member];
    if (found === undefined) throw failure("Runtime.HandlerNotFound", `${handler} is undefined or not exported`);
    if (typeof found !== "function") throw failure("Runtime.HandlerNotFound", `${handler} is not a function`);
    if (found.length > 2 && parseInt(process.env.AWS_EXECUTION_ENV.match(/\d+/)?.[0]) >= 24) {
        throw failure("Runtime.CallbackHandlerDeprecated", "nodejs24.x and later take no handlers with a callback");
    }
    return found;
}

function run(handler, event, headers) {
    const deadline = Number(headers["lambda-runtime-deadline-ms"]);
    let emptied;
    return new Promise((resolve, reject) => {
        emptied = () => resolve(null);
        const end = (error, result) => {
            const ended = () => error ? reject(error) : resolve(result);
            process.off("beforeExit", emptied);
            // A callback's answer waits for whatever else is under way, unless it says otherwise.
            if (context.callbackWaitsForEmptyEventLoop) process.once("beforeExit", ended); else ended();
        };
        const context = {
            callbackWaitsForEmptyEventLoop: true,
            awsRequestId: requestId,
            invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
            functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
            functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
            memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
            logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
            logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
            clientContext: JSON.parse(headers["lambda-runtime-client-context"] ?? "null") ?? undefined,
            getRemainingTimeInMillis: () => deadline - Date.now(),
            done: end, succeed: result => end(null, result), fail: error => end(error ?? "handled"),
        };
        process.once("beforeExit", emptied);
        const returned = handler(event, context, end);
        if (typeof returned?.then === "function") returned.then(resolve, reject);
    }).finally(() => process.off("beforeExit", emptied));
}

async function fatal(error, what, type) {
    const told = type ? failure(type, String(error)) : error;
    await report(requestId ? `invocation/${requestId}/error` : "init/error", told, what);
    process.exit(129);
}
process.on("uncaughtException", error => fatal(error, "Uncaught Exception"));
process.on("unhandledRejection",
    error => fatal(error, "Unhandled Promise Rejection", "Runtime.UnhandledPromiseRejection"));

const handler = await load(process.argv[2]).catch(error => fatal(error, "Uncaught Exception"));
for (;;) {
    const {headers, text} = await call("GET", "invocation/next");
    requestId = headers["lambda-runtime-aws-request-id"];
    process.env._X_AMZN_TRACE_ID = headers["lambda-runtime-trace-id"] ?? "";
    try {
        const result = await run(handler, JSON.parse(text), headers);
        await call("POST", `invocation/${requestId}/response`, JSON.stringify(result) ?? "null");
    } catch (error) {
        await report(`invocation/${requestId}/error`, error, "Invoke Error");
    }
}
