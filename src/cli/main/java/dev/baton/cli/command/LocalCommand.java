package dev.baton.cli.command;

import dev.baton.cli.follow.RunEvent;
import dev.baton.cli.local.GivenSecrets;
import dev.baton.cli.local.GivenTables;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.local.MockedExecutions;
import dev.baton.cli.local.RunningLocal;
import dev.baton.cli.output.PrintedLogs;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.compiler.CompilerOptions;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.graph.RunTriggers;
import dev.baton.graph.ScheduleTicks;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.Tls;
import dev.baton.task.Pipeline;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `baton local`: the embedded AWS, served until stopped.
@Command(
        name = "local",
        description = "Serves an embedded AWS on the loopback interface until stopped: Step Functions, S3, STS, IAM,"
                + " EventBridge, Scheduler, Lambda, ECS, SNS, SQS, DynamoDB, KMS, Secrets Manager, CloudWatch Logs and"
                + " Systems Manager. The pipelines that are found are put on it.")
public final class LocalCommand implements Callable<Integer> {
    private static final int LAST_PORT = 65_535;

    @Option(names = "--port", paramLabel = "N", description = "${DEFAULT-VALUE} if nothing is said; 0 for any free one")
    private int port = 4570;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where everything is kept: objects, identities, rules, machines with their executions,"
                    + " functions that are uploaded; in memory if nothing is said")
    private @Nullable Path data;

    @Option(
            names = "--salvage",
            description = "start also where the folder of --data cannot be understood, with what can be read; the rest"
                    + " is set aside and counted")
    private boolean salvage;

    @Option(
            names = "--tls",
            description = "answer HTTPS, with a certificate made at the start; AWS_CA_BUNDLE has others trust it")
    private boolean tls;

    @Option(names = "--bare", description = "put no pipeline on it")
    private boolean bare;

    @Option(names = "--lambda", paramLabel = "WHERE", description = LaptopFunctions.DESCRIPTION)
    private LaptopFunctions hosting = LaptopFunctions.JVM;

    @Mixin
    private StandInWords standIns = new StandInWords();

    @Mixin
    private SecretWords secrets = new SecretWords();

    @Mixin
    private TableWords tables = new TableWords();

    @Mixin
    private PipelineChoice pipelines = new PipelineChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (port < 0 || port > LAST_PORT) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--port is a number from 0 to " + LAST_PORT + ", but was " + port);
        }
        var out = spec.commandLine().getOut();
        var stopped = new CountDownLatch(1);
        try (var aws = LocalCloud.start(port, data, salvage, standIns.all(), tls ? trusted() : null)) {
            aws.findings().forEach(spec.commandLine().getErr()::println);
            MockedExecutions.of(aws, mocked -> tell(out, mocked));
            secrets.all().putOn(aws);
            tables.all().putOn(aws);
            var running = RunningLocal.of(aws);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                // Ctrl-C ends the functions' processes as well; their executions go on at the next start.
                aws.states().freeze();
                tellUnused(out, aws);
                // Here, for the process does not wait for its main thread any more: the key must not outlive it.
                forget(running);
                stopped.countDown();
            }));
            try {
                // Told before it is said: who reads that it is ready may call the other commands at once.
                if (bare) {
                    running.tell();
                    aws.lambda().observe(new PrintedLogs(out));
                    aws.resume();
                    greet(out, aws);
                    tellMissed(out, aws);
                    stopped.await();
                } else {
                    serve(out, aws, running, stopped);
                }
            } finally {
                forget(running);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private static void forget(RunningLocal running) {
        try {
            running.forget();
        } catch (IOException e) {
            // Whoever reads it later finds that nobody answers there.
        }
    }

    private static void tell(PrintWriter out, RunEvent.Mocked mocked) {
        out.println("mocked  " + mocked.name() + " has answers of mocks: " + mocked.told());
        out.flush();
    }

    private static void tellUnused(PrintWriter out, EmbeddedAws aws) {
        aws.states().mocked().unused().forEach(out::println);
        out.flush();
    }

    /// Functions that run in this process trust what it trusts. Nothing has asked for TLS yet.
    private static Tls trusted() {
        var made = Tls.throwAway(ProjectFolder.certificates());
        System.setProperty("javax.net.ssl.trustStore", made.trustStore().toString());
        System.setProperty("javax.net.ssl.trustStoreType", "PKCS12");
        return made;
    }

    /// It answers from the beginning, and tells which pipelines are still to come.
    private void serve(PrintWriter out, EmbeddedAws aws, RunningLocal running, CountDownLatch stopped)
            throws IOException, InterruptedException {
        var all = pipelines.all();
        var pending = new ArrayList<>(all.stream().map(Pipeline::name).toList());
        running.awaiting(pending).tell();
        if (!pending.isEmpty()) {
            out.println("The embedded AWS answers at " + aws.endpoint() + ". Being put there: "
                    + String.join(", ", pending));
            out.flush();
        }
        aws.lambda().observe(new PrintedLogs(out));
        try (var cloud = new LocalCloud(aws, hosting)) {
            cloud.removeAllBut(all.stream().map(Pipeline::name).toList());
            for (var compiled : pipelines.compiled(all, CompilerOptions.DEFAULT)) {
                GivenSecrets.absent(aws, compiled).ifPresent(spec.commandLine().getErr()::println);
                cloud.deployRecorded(compiled);
                GivenTables.absent(cloud.endpoint(), compiled)
                        .ifPresent(spec.commandLine().getErr()::println);
                pending.remove(compiled.name());
                running.awaiting(pending).tell();
                out.printf("%s is started by %s%n", compiled.name(), String.join(", ", starting(compiled)));
            }
            aws.resume();
            greet(out, aws);
            tellMissed(out, aws);
            stopped.await();
        }
    }

    private static List<String> starting(CompiledPipeline pipeline) {
        var starting = new ArrayList<>(new RunTriggers(pipeline.graph()).templates());
        ScheduleTicks.of(pipeline.graph())
                .forEach(ticks -> starting.add(ticks.schedule().toString()));
        return starting;
    }

    /// Ticks of the time when nobody ran it are not made up for: whoever wants the last one's runs sweeps.
    private static void tellMissed(PrintWriter out, EmbeddedAws aws) {
        for (var missed : aws.schedules().missed()) {
            out.printf(
                    "%s missed %d tick%s, the last at %s: baton sweep starts what that one proposed%n",
                    missed.schedule(), missed.count(), missed.count() == 1 ? "" : "s", missed.last());
        }
    }

    private static void greet(PrintWriter out, EmbeddedAws aws) {
        var certificate = aws.tls();
        out.printf(
                """
                The embedded AWS is ready. Ctrl-C stops it.

                export AWS_ENDPOINT_URL=%1$s
                export AWS_REGION=%2$s AWS_DEFAULT_REGION=%2$s
                export AWS_ACCESS_KEY_ID=%3$s
                export AWS_SECRET_ACCESS_KEY=%4$s
                export AWS_DISABLE_HOST_PREFIX_INJECTION=true
                %5$s
                """,
                aws.endpoint(),
                aws.account().region(),
                aws.administrator().accessKeyId(),
                aws.administrator().secretAccessKey(),
                certificate == null ? "" : "export AWS_CA_BUNDLE=" + certificate.certificate() + "\n");
    }
}
