package dev.baton.cli.serve;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The answers of tools: what is asked is checked, the command is called, and what it prints is bounded in size and time.
/// What is wrong is a finding, as an error of the tool and never of the protocol.
final class ToolAnswers implements AutoCloseable {
    /// Characters that a tool answers at most.
    static final int LARGEST = 1_048_576;
    private static final int LARGEST_ERROR = 16_384;
    private static final int AT_ONCE = 4;
    private static final int ERROR = 1;

    private final CommandCalls calls;
    private final Duration longest;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// @param longest how long a tool may take
    ToolAnswers(CommandCalls calls, Duration longest) {
        this.calls = calls;
        this.longest = longest;
    }

    /// An answer of a tool that calls the command.
    CallToolResult of(ReadTool tool, Map<String, Object> asked) {
        return checked(tool, asked, () -> {
            var out = new BoundedText(LARGEST);
            var err = new BoundedText(LARGEST_ERROR);
            var words = tool.words().apply(asked);
            var exit = calls.call(words, new PrintWriter(out, true), new PrintWriter(err, true));
            if (out.isCut()) {
                return error(ServeFindings.tooLarge(tool.name(), LARGEST));
            }
            return exit != 0 && (exit != ERROR || out.toString().isBlank())
                    ? error(err.toString().strip())
                    : answer(tool, out.toString().strip());
        });
    }

    /// Work that gives an answer.
    interface Work {
        CallToolResult answer() throws IOException;
    }

    /// An answer of a tool that does its own work.
    CallToolResult checked(ReadTool tool, Map<String, Object> asked, Work work) {
        var problem = problem(tool, asked);
        return problem == null ? timed(tool.name(), work) : error(problem);
    }

    private @Nullable Diagnostic problem(ReadTool tool, Map<String, Object> asked) {
        for (var name : asked.keySet()) {
            if (tool.inputs().stream().noneMatch(input -> input.name().equals(name))) {
                return ServeFindings.input(
                        tool.name(),
                        "the input " + shown(name),
                        "is none of this tool, which takes "
                                + tool.inputs().stream().map(ToolInput::name).toList());
            }
        }
        for (var input : tool.inputs()) {
            var value = asked.get(input.name());
            if (value == null) {
                if (input.required()) {
                    return ServeFindings.input(tool.name(), input.name(), "is missing");
                }
                continue;
            }
            var problem = input.problem(value);
            if (problem != null) {
                return ServeFindings.input(tool.name(), input.name(), problem);
            }
            if (input.kind() == ToolInput.Kind.PARAMETERS && value instanceof Map<?, ?> map) {
                var options = calls.options(tool.name());
                for (var key : map.keySet()) {
                    if (options.contains("--" + key)) {
                        return ServeFindings.input(
                                tool.name(),
                                "the parameter " + key,
                                "is an option of the command, which no tool gives");
                    }
                }
            }
        }
        return null;
    }

    private static String shown(String name) {
        return name.length() > ToolInput.LONGEST ? "of " + name.length() + " characters" : Json.print(name);
    }

    /// Work that ends in time, or is ended.
    private CallToolResult timed(String tool, Work work) {
        var working = threads.submit(() -> {
            free.acquire();
            try {
                return work.answer();
            } finally {
                free.release();
            }
        });
        try {
            return working.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            working.cancel(true);
            return error(ServeFindings.tooLong(tool, longest.toSeconds()));
        } catch (InterruptedException e) {
            working.cancel(true);
            Thread.currentThread().interrupt();
            return error("cancelled");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DiagnosticException found) {
                return error(String.join(
                        "\n",
                        found.diagnostics().stream().map(Diagnostic::toString).toList()));
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /// An answer of a command: as it is, and where it has a schema also as values.
    static CallToolResult answer(ReadTool tool, String text) {
        var result = CallToolResult.builder().addTextContent(text);
        var schema = tool.schema();
        if (schema != null) {
            result.structuredContent(structured(tool, text));
        }
        return result.isError(false).build();
    }

    private static Map<String, @Nullable Object> structured(ReadTool tool, String text) {
        try {
            if (!tool.lines()) {
                return Json.parseObject(text);
            }
            var json = new LinkedHashMap<String, @Nullable Object>();
            json.put(
                    "lines",
                    text.lines()
                            .filter(line -> !line.isBlank())
                            .map(Json::parse)
                            .toList());
            return json;
        } catch (JsonException e) {
            throw new IllegalStateException("what " + tool.name() + " prints is not JSON", e);
        }
    }

    private static CallToolResult error(Diagnostic finding) {
        return error(finding.toString());
    }

    private static CallToolResult error(String text) {
        return CallToolResult.builder()
                .content(List.of(new io.modelcontextprotocol.spec.McpSchema.TextContent(text)))
                .isError(true)
                .build();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
