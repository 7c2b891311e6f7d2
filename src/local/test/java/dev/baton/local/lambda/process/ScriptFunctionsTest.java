package dev.baton.local.lambda.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.baton.json.Json;
import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.logs.LogEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/// Functions of Python and Node.js, made of ZIP files and run by the interpreters of this machine.
@EnabledOnOs(OS.LINUX)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScriptFunctionsTest {
    private static final List<String> SCRIPTS = List.of(
            "told.py",
            "beside.py",
            "broken.py",
            "lacking.py",
            "failing.py",
            "told.js",
            "beside.cjs",
            "modern.mjs",
            "broken.mjs",
            "lacking.js",
            "failing.js",
            "typed/package.json",
            "typed/index.js");

    private final ApplicationEndpoint aws = new ApplicationEndpoint(
            EmbeddedAws.builder().functions(JavaRuntime.ofThisJvm()).start());
    private final SdkBytes code = zip();
    private int made;

    @AfterAll
    void stop() {
        aws.close();
    }

    /// The scripts at the top, and once more in a folder.
    private static SdkBytes zip() {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var folder : List.of("", "inner/")) {
                for (var script : SCRIPTS) {
                    zip.putNextEntry(new ZipEntry(folder + script));
                    try (var in = ScriptFunctionsTest.class.getResourceAsStream("/functions/" + script)) {
                        in.transferTo(zip);
                    }
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return SdkBytes.fromByteArray(bytes.toByteArray());
    }

    private static String runtime(ScriptLanguage language) {
        assumeThat(Interpreter.of(language))
                .as(language.program() + " is on the PATH")
                .isPresent();
        return language == ScriptLanguage.PYTHON ? "python3.13" : "nodejs22.x";
    }

    private String function(String runtime, String handler) {
        var name = "scripted-" + made++;
        aws.lambda()
                .createFunction(r -> r.functionName(name)
                        .role(aws.role(name, "lambda.amazonaws.com", ApplicationEndpoint.allow("logs:*", "*")))
                        .runtime(runtime)
                        .handler(handler)
                        .timeout(20)
                        .memorySize(256)
                        .environment(e -> e.variables(Map.of("GREETING", "hello")))
                        .code(c -> c.zipFile(code)));
        return name;
    }

    private String function(ScriptLanguage language) {
        return function(runtime(language), "told.handler");
    }

    private InvokeResponse invoke(String function, Map<String, Object> event) {
        return aws.lambda().invoke(r -> r.functionName(function).payload(SdkBytes.fromUtf8String(Json.print(event))));
    }

    private Object answer(String function, Map<String, Object> event) {
        var answer = invoke(function, event);
        assertThat(answer.functionError()).as(answer.payload().asUtf8String()).isNull();
        return Json.parse(answer.payload().asByteArray());
    }

    private Map<String, Object> error(String function, Map<String, Object> event) {
        var answer = invoke(function, event);
        assertThat(answer.functionError()).as(answer.payload().asUtf8String()).isEqualTo("Unhandled");
        return Json.parseObject(answer.payload().asByteArray());
    }

    @ParameterizedTest
    @EnumSource
    void the_context_tells_of_the_invocation(ScriptLanguage language) {
        var function = function(language);
        var answer = invoke(function, Map.of("do", "context"));
        var context = Json.parseObject(answer.payload().asByteArray());
        assertThat(context)
                .containsEntry("function", function)
                .containsEntry("version", "$LATEST")
                .containsEntry("memory", "256")
                .containsEntry("arn", "arn:aws:lambda:us-east-1:000000000000:function:" + function)
                .containsEntry("group", "/aws/lambda/" + function);
        assertThat(lines(function)).contains("START RequestId: " + context.get("id") + " Version: $LATEST");
        assertThat((String) context.get("stream")).matches("\\d{4}/\\d\\d/\\d\\d/\\[\\$LATEST][0-9a-f]{32}");
        assertThat(((Number) context.get("remaining")).intValue()).isBetween(1, 20_000);
    }

    @ParameterizedTest
    @EnumSource
    void variables_are_those_of_the_function_and_nothing_of_this_process(ScriptLanguage language) {
        var function = function(language);
        var variables = (Map<?, ?>) answer(
                function,
                Map.of(
                        "do",
                        "environment",
                        "names",
                        List.of(
                                "GREETING",
                                "AWS_EXECUTION_ENV",
                                "AWS_REGION",
                                "AWS_ENDPOINT_URL",
                                "_HANDLER",
                                "HOME")));
        assertThat(variables.get("GREETING")).isEqualTo("hello");
        assertThat(variables.get("AWS_EXECUTION_ENV")).isEqualTo("AWS_Lambda_" + runtime(language));
        assertThat(variables.get("AWS_REGION")).isEqualTo("us-east-1");
        assertThat(variables.get("AWS_ENDPOINT_URL"))
                .isEqualTo(aws.aws().endpoint().toString());
        assertThat(variables.get("_HANDLER")).isEqualTo("told.handler");
        assertThat(variables.get("HOME")).isEqualTo("");
    }

    @ParameterizedTest
    @EnumSource
    void a_process_serves_one_invocation_after_the_other(ScriptLanguage language) {
        var function = function(language);
        answer(function, Map.of("do", "count"));
        assertThat(Json.print(answer(function, Map.of("do", "count"))))
                .isEqualTo("{\"count\":2,\"beside\":\"a module beside it\",\"price\":1.5,\"letter\":\"é\"}");
    }

    @ParameterizedTest
    @EnumSource
    void what_is_thrown_is_told_as_lambda_tells_it(ScriptLanguage language) {
        var function = function(language);
        var error = error(function, Map.of("do", "raise"));
        var isPython = language == ScriptLanguage.PYTHON;
        assertThat(error)
                .containsEntry("errorMessage", "no such ride")
                .containsEntry("errorType", isPython ? "ValueError" : "RangeError")
                .containsKey(isPython ? "requestId" : "trace");
        var trace = (List<?>) error.get(isPython ? "stackTrace" : "trace");
        assertThat(trace.toString()).contains(isPython ? "told.py\", line " : "told.js:");
        assertThat(trace.toString()).as("nothing of the runtime's own").doesNotContain("bootstrap.py");
        assertThat(answer(function, Map.of("do", "log"))).as("it goes on").isNull();
        assertThat(error(function, Map.of("do", "exit")))
                .containsEntry("errorType", "Runtime.ExitError")
                .hasEntrySatisfying(
                        "errorMessage", text -> assertThat((String) text).endsWith("exit status 3"));
        assertThat(error(function, Map.of("do", "something else")))
                .as("what is not JSON")
                .containsKey("errorType");
    }

    @ParameterizedTest
    @EnumSource
    void what_it_writes_is_in_its_log(ScriptLanguage language) {
        var function = function(language);
        answer(function, Map.of("do", "log"));
        // What is written to a pipe may be read after the answer.
        var late = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!lines(function).contains("to stderr") && System.nanoTime() < late) {
            Thread.onSpinWait();
        }
        var lines = lines(function);
        assertThat(lines.getFirst()).matches("INIT_START Runtime Version: (python|nodejs):[0-9.]+");
        assertThat(lines).anyMatch(line -> line.endsWith("told to log"));
        assertThat(lines).anyMatch(line -> line.matches("(?s).*(\\[ERROR]|\\tERROR)\\t.*an error to log.*"));
        assertThat(lines).anyMatch(line -> line.equals("to stderr"));
        assertThat(aws.lambda()
                        .getFunctionConfiguration(r -> r.functionName(function))
                        .runtimeVersionConfig()
                        .runtimeVersionArn())
                .endsWith(lines.getFirst().replaceAll(".* ", ""));
    }

    private List<String> lines(String function) {
        return aws.aws().logs().streams("/aws/lambda/" + function).stream()
                .flatMap(stream -> stream.events().stream())
                .map(LogEvent::message)
                .toList();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "PYTHON, inner/told.handler",
        "PYTHON, inner.told.handler",
        "NODE, inner/told.handler",
    })
    void a_handler_may_lie_in_a_folder(ScriptLanguage language, String handler) {
        // A module of a package does not see its neighbours by their bare names; those at the top do.
        var answer = (Map<?, ?>) answer(function(runtime(language), handler), Map.of("do", "count"));
        assertThat(answer.get("count")).isEqualTo(1L);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "modern.handler, ready: a module beside it",
        "inner/modern.handler, ready: a module beside it",
        "told.called, called back",
        "told.rides.start, of an object",
        "typed/index.handler, ready: a module by its package",
    })
    void handlers_of_node_have_many_forms(String handler, String expected) {
        assertThat(answer(function(runtime(ScriptLanguage.NODE), handler), Map.of()))
                .isEqualTo(expected);
    }

    @Test
    void a_handler_that_gives_nothing_gives_null() {
        var node = runtime(ScriptLanguage.NODE);
        assertThat(answer(function(node, "told.silent"), Map.of())).isNull();
        assertThat(answer(function(node, "told.handler"), Map.of("do", "nothing")))
                .isNull();
        assertThat(answer(function(node, "told.handler"), Map.of("do", "never")))
                .isNull();
        assertThat(error(function(node, "told.called"), Map.of("fail", true)))
                .containsEntry("errorMessage", "told to fail");
        assertThat(error(function("nodejs24.x", "told.called"), Map.of()))
                .containsEntry("errorType", "Runtime.CallbackHandlerDeprecated");
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "PYTHON | handler         | Runtime.MalformedHandlerName | Bad handler 'handler'",
                "PYTHON | none.handler    | Runtime.ImportModuleError    | Unable to import module 'none': No module named 'none'",
                "PYTHON | lacking.handler | Runtime.ImportModuleError    | No module named 'absent_module'",
                "PYTHON | broken.handler  | Runtime.UserCodeSyntaxError  | Syntax error in module 'broken'",
                "PYTHON | told.nothing    | Runtime.HandlerNotFound      | Handler 'nothing' missing on module 'told'",
                "PYTHON | failing.handler | KeyError                     | at the start",
                "NODE   | handler         | Runtime.MalformedHandlerName | Bad handler",
                "NODE   | none.handler    | Runtime.ImportModuleError    | Cannot find module 'none'",
                "NODE   | lacking.handler | Runtime.ImportModuleError    | Cannot find module 'absent-module'",
                "NODE   | broken.handler  | Runtime.UserCodeSyntaxError  | SyntaxError",
                "NODE   | told.nothing    | Runtime.HandlerNotFound      | told.nothing is undefined or not exported",
                "NODE   | told.word       | Runtime.HandlerNotFound      | told.word is not a function",
                "NODE   | failing.handler | TypeError                    | at the start",
            })
    void a_start_that_fails_says_why(ScriptLanguage language, String handler, String type, String message) {
        var error = error(function(runtime(language), handler), Map.of("do", "count"));
        assertThat(error).containsEntry("errorType", type);
        assertThat((String) error.get("errorMessage")).contains(message);
    }

    @Test
    void an_interpreter_is_what_the_path_has(@TempDir Path folder) throws IOException {
        assertThat(Interpreter.find(ScriptLanguage.PYTHON, folder.toString())).isEmpty();
        var broken = Files.writeString(folder.resolve("python3"), "#!/bin/sh\nexit 1\n");
        assertThat(Interpreter.find(ScriptLanguage.PYTHON, folder.toString())).isEmpty();
        assertThat(broken.toFile().setExecutable(true)).isTrue();
        assertThat(Interpreter.find(ScriptLanguage.PYTHON, folder.toString())).isEmpty();
        Files.writeString(broken, "#!/bin/sh\necho /opt/python\necho 3.99.1\n");
        assertThat(Interpreter.find(ScriptLanguage.PYTHON, "/none:" + folder))
                .contains(new Interpreter(ScriptLanguage.PYTHON, Path.of("/opt/python"), "3.99.1"));
    }
}
