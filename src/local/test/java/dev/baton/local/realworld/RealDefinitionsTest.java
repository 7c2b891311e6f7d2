package dev.baton.local.realworld;

import static dev.baton.local.ApplicationEndpoint.allow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionListener;
import dev.baton.engine.history.HistoryEvent;
import dev.baton.engine.time.VirtualScheduler;
import dev.baton.json.Json;
import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.OneThread;
import dev.baton.local.states.mock.IntegrationMocks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Runs the state machines that others have published, on the embedded AWS. The corpus is data that lies outside of the
/// repository: `-Dbaton.corpus=DIR`.
@EnabledIfSystemProperty(named = "baton.corpus", matches = ".+")
class RealDefinitionsTest {
    private static final Path CORPUS = Path.of(System.getProperty("baton.corpus", "."));
    private static final int VARIANTS = 3;
    private static final int ANSWERS = 4;
    private static final int MOST_EVENTS = 1_500;
    private static final String ENDLESS = "Endless";

    private static final VirtualScheduler TIME = OneThread.time();
    private static List<DefinitionSample> samples;
    private static CalledServices services;
    private static String role;

    @BeforeAll
    static void start() throws IOException {
        samples = DefinitionSample.all(CORPUS);
        services = new CalledServices(TIME);
    }

    @AfterAll
    static void stop() {
        services.close();
    }

    @Test
    void the_embedded_aws_has_what_most_of_them_call() {
        var absent = new TreeMap<String, Integer>();
        var whole = 0;
        var functions = 0;
        for (var sample : samples) {
            var missing = new TreeSet<String>();
            var called = new TreeSet<String>();
            sample.tasks().values().forEach(task -> {
                var resource = String.valueOf(task.get("Resource"));
                called.add(CalledServices.name(resource));
                if (!services.has(resource)) {
                    missing.add(CalledServices.name(resource));
                }
            });
            whole += missing.isEmpty() ? 1 : 0;
            functions += missing.isEmpty() && !called.contains("lambda:invoke") ? 1 : 0;
            missing.forEach(name -> absent.merge(name, 1, Integer::sum));
        }
        System.out.printf(
                "definitions that call nothing absent: %d of %d (%.0f %%), %d of them no functions%n",
                whole, samples.size(), 100.0 * whole / samples.size(), functions);
        absent.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .forEach(each -> System.out.println("  absent in " + each.getValue() + ": " + each.getKey()));
        assertThat(whole).isGreaterThanOrEqualTo(94);
    }

    /// Whatever they call: with a mock there is nothing that a definition could not call.
    @Test
    void all_that_they_call_is_answered_where_it_is_mocked() {
        var any = "{\"mocks\": [{\"resource\": \"arn:*\", \"answers\": [{\"result\": {\"said\": \"by a mock\"},"
                + " \"fieldValidationMode\": \"NONE\"}]}]}";
        var called = new TreeSet<String>();
        samples.forEach(
                sample -> sample.tasks().values().forEach(task -> called.add(String.valueOf(task.get("Resource")))));
        assertThat(called).hasSizeGreaterThan(100);
        try (var mocked = new CalledServices(TIME, IntegrationMocks.of("any", any))) {
            assertThat(called)
                    .allSatisfy(resource -> assertThat(mocked.called(resource, CalledServices.parameters(resource)))
                            .as(resource)
                            .extracting(execution ->
                                    execution.status() + " " + execution.error() + " " + execution.output())
                            .asString()
                            .contains("by a mock"));
        }
    }

    /// An end is good where the definition chose it: it succeeded, or a Fail state of its own ended it.
    @Test
    void they_run_to_an_end_of_their_own() {
        var failures = new TreeMap<String, String>();
        var whole = 0;
        var mocked = 0;
        try (var aws =
                new ApplicationEndpoint(OneThread.under(TIME).mocks(mocks()).start())) {
            endLoops(aws);
            role = aws.role("everything", "states.amazonaws.com", allow("*", "*"));
            try (var things = new DeployedThings(aws, role)) {
                for (var i = 0; i < samples.size(); i++) {
                    var real = firstGood(aws, things, i, false);
                    var end = real.isGood() ? real : firstGood(aws, things, i, true);
                    whole += real.isGood() ? 1 : 0;
                    mocked += !real.isGood() && end.isGood() ? 1 : 0;
                    if (!real.isGood()) {
                        failures.put(samples.get(i).id(), real + (end.isGood() ? " (ends well with mocks alone)" : ""));
                    }
                }
            }
        }
        failures.forEach((id, end) -> System.out.println("  " + id + ": " + end));
        System.out.printf(
                "definitions that end by themselves: %d of %d, %d more where services that are there are mocked too%n",
                whole, samples.size(), mocked);
        assertThat(whole).isGreaterThanOrEqualTo(105);
        assertThat(whole + mocked).isGreaterThanOrEqualTo(118);
    }

    private static ExecutionEnd firstGood(ApplicationEndpoint aws, DeployedThings things, int i, boolean allMocked) {
        ExecutionEnd first = null;
        for (var variant = 0; variant < VARIANTS; variant++) {
            var end = ExecutionEnd.of(run(aws, things, i, variant, allMocked));
            if (end.isGood() || ENDLESS.equals(end.error())) {
                return end;
            }
            first = first == null ? end : first;
        }
        return Objects.requireNonNull(first);
    }

    private static Execution run(
            ApplicationEndpoint aws, DeployedThings things, int i, int variant, boolean allMocked) {
        var definition = Json.print(things.in(samples.get(i)));
        var machine = aws.states()
                .createStateMachine(
                        r -> r.name(name(i, variant, allMocked)).roleArn(role).definition(definition))
                .stateMachineArn();
        var data = ReferencedData.of(samples.get(i)).object(variant);
        // Some are given a list: the messages of a queue.
        var input = Json.print(variant == VARIANTS - 1 ? List.of(data) : data);
        var arn = aws.states()
                .startExecution(r -> r.stateMachineArn(machine).input(input))
                .executionArn();
        TIME.run();
        return aws.aws().states().engine().execution(arn).orElseThrow();
    }

    private static void endLoops(ApplicationEndpoint aws) {
        aws.aws().states().observe(new ExecutionListener() {
            @Override
            public void recorded(Execution execution, HistoryEvent event) {
                if (event.id() == MOST_EVENTS) {
                    aws.aws().states().engine().stop(execution.arn(), ENDLESS, null);
                }
            }
        });
    }

    private static String name(int sample, int variant, boolean allMocked) {
        return "sample-" + sample + "-" + variant + (allMocked ? "-mocked" : "");
    }

    private static IntegrationMocks mocks() {
        var mocks = new ArrayList<Object>();
        for (var i = 0; i < samples.size(); i++) {
            var data = ReferencedData.of(samples.get(i));
            for (var variant = 0; variant < VARIANTS; variant++) {
                var answers = answers(data, variant);
                mocks.add(Map.of("machine", name(i, variant, true), "answers", answers));
                var machine = name(i, variant, false);
                samples.get(i).tasks().forEach((state, task) -> {
                    if (isMocked(String.valueOf(task.get("Resource")))) {
                        mocks.add(Map.of("machine", machine, "state", state, "answers", answers));
                    }
                });
            }
        }
        return IntegrationMocks.of("made", Json.print(Map.of("mocks", mocks)));
    }

    /// Functions, callbacks and what somebody else's servers answer.
    private static boolean isMocked(String resource) {
        return CalledServices.isFunction(resource)
                || resource.endsWith(".waitForTaskToken")
                || CalledServices.name(resource).equals("http:invoke")
                || !services.has(resource);
    }

    private static List<Object> answers(ReferencedData data, int variant) {
        var answers = new ArrayList<Object>();
        for (var k = 0; k < ANSWERS; k++) {
            var result = data.object(variant + k);
            result.putIfAbsent("Payload", data.object(variant + k));
            answers.add(Map.of("result", result, "fieldValidationMode", "NONE"));
        }
        return answers;
    }
}
