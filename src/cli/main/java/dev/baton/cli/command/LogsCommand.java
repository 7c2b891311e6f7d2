package dev.baton.cli.command;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.logs.LogLine;
import dev.baton.cli.logs.LogReading;
import dev.baton.cli.logs.LogSubject;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.local.logs.pattern.FilterPattern;
import dev.baton.local.logs.pattern.InvalidFilterPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton logs EXECUTION|TASK`: what an execution's tasks and its state machine have logged.
@Command(
        name = "logs",
        description = {
            "Prints what the tasks of an execution and its state machine have logged, in the order of the times: each"
                    + " line with its task, the attempt, and the revision of the sources that made it.",
            "A pipeline's name stands for its newest execution. Of a task, named by its class, all attempts are told."
        },
        customSynopsis = {
            "baton logs EXECUTION [--follow] [--since TIME] [--filter PATTERN]",
            "           [--json] [--env ENV]",
            "       baton logs PIPELINE|TASK [--follow] [--since TIME] [--filter PATTERN]",
            "           [--json] [--env ENV]"
        })
public final class LogsCommand implements Callable<Integer> {
    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");
    private static final Duration RECENT = Duration.ofDays(1);
    private static final int TASKS_WIDTH = 30;

    @Parameters(
            paramLabel = "EXECUTION|PIPELINE|TASK",
            description = "an execution's name or ARN, a pipeline's name, or the class of a task")
    private String called = "";

    @Option(names = "--follow", description = "go on with what comes, until the execution has ended")
    private boolean follow;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "nothing before: 30s, 15m, 2h or 7d ago, or 2026-11-30T12:00:00Z; of a task, if nothing is"
                    + " said, the last day")
    private @Nullable String since;

    @Option(
            names = "--filter",
            paramLabel = "PATTERN",
            description = "a filter pattern of CloudWatch Logs, such as ERROR or '{ $.level = \"ERROR\" }'")
    private String filter = "";

    @Option(names = "--json", description = "one JSON object a line")
    private boolean json;

    @Mixin
    private EnvironmentChoice choice = new EnvironmentChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var now = Instant.now();
        var from = since == null ? null : time(since, now);
        var pattern = shown(filter);
        Predicate<LogLine> shown = json ? pattern : pattern.and(line -> !line.isDetail());
        if (choice.isNowhere()) {
            if (!Files.isDirectory(ProjectFolder.data())) {
                throw new DiagnosticException(Diagnostic.error(
                        "CLI093",
                        Location.named(called),
                        "nothing has run on this machine that would have logs",
                        "run a pipeline: baton run PIPELINE; or name where it ran: --env ENV"));
            }
            try (var cloud = new LocalCloud(LocalCloud.start(0, ProjectFolder.data()), LaptopFunctions.JVM)) {
                print(cloud.endpoint(), from, now, shown);
            }
        } else {
            try (var endpoint = choice.open()) {
                print(endpoint, from, now, shown);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private void print(Endpoint endpoint, @Nullable Instant from, Instant now, Predicate<LogLine> shown)
            throws InterruptedException {
        var out = spec.commandLine().getOut();
        var subject = LogSubject.find(endpoint, called, from, now.minus(RECENT));
        var reading = new LogReading(endpoint, subject, shown);
        var told = new boolean[1];
        Consumer<LogLine> printing = line -> {
            told[0] = true;
            out.println(json ? Json.print(line.toJson()) : line.print(TASKS_WIDTH));
            out.flush();
        };
        if (follow) {
            reading.follow(printing);
        } else {
            reading.read(printing);
        }
        if (!told[0]) {
            spec.commandLine()
                    .getErr()
                    .println("nothing was logged"
                            + (subject.from().equals(Instant.EPOCH) ? "" : " since " + subject.from())
                            + (filter.isEmpty() ? "" : " that " + filter + " finds"));
        }
    }

    private static Instant time(String text, Instant now) {
        var ago = AGO.matcher(text);
        if (ago.matches()) {
            long count = Long.parseLong(ago.group(1));
            return now.minus(
                    switch (ago.group(2).toLowerCase(Locale.ROOT)) {
                        case "s" -> Duration.ofSeconds(count);
                        case "m" -> Duration.ofMinutes(count);
                        case "h" -> Duration.ofHours(count);
                        default -> Duration.ofDays(count);
                    });
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI091",
                    Location.named("--since"),
                    "must be a duration or a time, but was " + text,
                    "write 30s, 15m, 2h, 7d or a time such as 2026-11-30T12:00:00Z"));
        }
    }

    private static Predicate<LogLine> shown(String filter) {
        try {
            var pattern = FilterPattern.parse(filter);
            return line -> pattern.matches(line.raw());
        } catch (InvalidFilterPattern e) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI092",
                    Location.named("--filter"),
                    "is not a filter pattern of CloudWatch Logs: " + e.getMessage(),
                    "put a term with other signs than letters and digits between double quotes, or write"
                            + " '{ $.level = \"ERROR\" }'"));
        }
    }
}
