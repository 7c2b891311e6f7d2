package dev.baton.local.states;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.engine.Engine;
import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionListener;
import dev.baton.engine.execution.MapRun;
import dev.baton.engine.history.HistoryEvent;
import dev.baton.local.caller.Caller;
import dev.baton.local.ecs.Ecs;
import dev.baton.local.events.ExecutionStarter;
import dev.baton.local.http.Account;
import dev.baton.local.http.Protocol;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.Authorizer;
import dev.baton.local.internal.StoredFile;
import dev.baton.local.kms.ServiceKeys;
import dev.baton.local.lambda.Lambda;
import dev.baton.local.logs.Logs;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.Foundation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonService;
import dev.baton.local.service.Service;
import dev.baton.local.states.integration.Integrations;
import dev.baton.local.states.integration.MapRunRights;
import dev.baton.local.states.integration.MockableTasks;
import dev.baton.local.states.integration.ObjectAccess;
import dev.baton.local.states.mock.MockLog;
import dev.baton.local.states.mock.MockedAnswers;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Step Functions: state machines and their executions, run by the engine in this process.
///
/// See the [API reference](https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html).
public final class StepFunctions implements AutoCloseable {
    private static final Duration UNTIL_THERE_IS_ROOM = Duration.ofSeconds(1);

    private final Account account;
    private final Service service;
    private final Engine engine;
    private final Integrations integrations;
    private final MachineKeys keys = new MachineKeys();
    private final Machines machines;
    private final Activities activities;
    private final Executions executions;
    private final Authorizer authorizer;
    private final MockedAnswers mocked;
    private final ExecutorService threads;
    private volatile @Nullable MachineStore keeper;
    private final @Nullable ExecutionJournal journal;
    private final List<ExecutionListener> listeners = new CopyOnWriteArrayList<>();

    /// @param services the other services of this embedded AWS by the names in their credential scopes (`s3`, `events`,
    ///     `sts`), asked for when a Task state calls one; null where there is none
    /// @param mocked the mocks that answer in place of services
    /// @param threads who calls services and reads items; ended with this
    /// @param kept whether [#keep] will be called, and executions outlive this process
    public StepFunctions(
            Foundation foundation,
            Lambda lambda,
            Ecs ecs,
            Function<String, @Nullable Service> services,
            Integrations.Apis apis,
            MockedAnswers mocked,
            Logs logs,
            ExecutorService threads,
            boolean kept) {
        this.account = foundation.account();
        var scheduler = foundation.scheduler();
        var random = new SecureRandom();
        this.journal = kept ? new ExecutionJournal(scheduler) : null;
        this.authorizer = foundation.authorizer();
        this.mocked = mocked;
        this.threads = threads;
        this.activities = new Activities(account, scheduler);
        this.integrations = new Integrations(
                account,
                foundation.sessions(),
                lambda,
                ecs,
                this::nested,
                activities,
                services,
                apis,
                authorizer,
                scheduler,
                this::call);
        var objects = new ObjectAccess(integrations);
        this.engine = Engine.builder()
                .scheduler(scheduler)
                .random(random)
                .taskTokens(new TaskTokens())
                .taskHandler(new MockableTasks(integrations, mocked, new MockLog(logs), scheduler, this::call))
                .objectReader(objects)
                .objectWriter(objects)
                .mapRunAccess(new MapRunRights(integrations, authorizer))
                .blocking(threads)
                .listener(new Listeners(listeners))
                .journal(journal)
                .build();
        this.machines = new Machines(account, authorizer, foundation.sessions(), scheduler);
        var told = new ExecutionLogs(logs, this::mapping, this::started);
        this.executions = new Executions(
                engine, journal, ExecutionRetention.USUAL, (arn, revision) -> told.begin(arn, revision.logging()));
        listeners.add(told);
        listeners.add(new ExecutionListener() {
            @Override
            public void statusChanged(Execution execution) {
                if (execution.status().isClosed()) {
                    countForParent(execution);
                    executions.closed(execution);
                    deleteUnused(execution.request().stateMachineArn());
                }
            }
        });
        this.service = new JsonService(
                "states",
                Protocol.JSON_1_0,
                "AWSStepFunctions",
                authorizer,
                ApiOperation.all(
                        stored(new MachineActions(machines, executions, scheduler, keys).all()),
                        stored(new VersionActions(machines, scheduler).all()),
                        stored(new ActivityActions(activities).all()),
                        stored(new MachineTagActions(machines, activities).all()),
                        journalled(new ExecutionActions(this, machines, executions, engine, keys).all()),
                        journalled(new TaskActions(engine).all()),
                        journalled(new MapRunActions(executions, engine).all()),
                        List.of(new StateTestAction(account, machines, integrations, scheduler, random).operation())),
                () -> {},
                () -> {});
    }

    private @Nullable StartedExecution started(String executionArn) {
        return executions.started(executionArn);
    }

    /// The execution of a Map Run.
    private @Nullable String mapping(String mapRunArn) {
        return engine.mapRun(mapRunArn).map(MapRun::executionArn).orElse(null);
    }

    /// What changes machines and activities is written to their file.
    private List<ApiOperation<JsonAction>> stored(List<ApiOperation<JsonAction>> operations) {
        return operations.stream()
                .map(operation -> operation.changes() ? operation.with(this::saving) : operation)
                .toList();
    }

    /// What changes executions goes to their journal: it needs room there before, and outlives the process after.
    private List<ApiOperation<JsonAction>> journalled(List<ApiOperation<JsonAction>> operations) {
        if (journal == null) {
            return operations;
        }
        return operations.stream()
                .map(operation -> operation.with(action -> (input, call) -> {
                    if (operation.changes()) {
                        journal.requireRoom();
                    }
                    var answer = action.handle(input, call);
                    journal.flush();
                    return answer;
                }))
                .toList();
    }

    /// Takes up the state machines, activities and executions that the folder has, and keeps there what becomes of
    /// them. Executions that were running wait for [#resume].
    ///
    /// @param said is told LOC006 where the journal of executions was torn, and LOC010
    public void keep(Path folder, Consumer<Diagnostic> said) {
        var kept = new MachineStore(new StoredFile(folder.resolve("states.json")));
        kept.load(machines, activities);
        keeper = kept;
        if (journal != null) {
            var path = folder.resolve("executions").resolve("journal");
            var running = journal.open(
                    path, machines, ExecutionRetention.USUAL, engine.scheduler().now(), said);
            running.forEach(execution -> integrations.expect(
                    execution.revision().roleArn(), execution.machine().arn()));
            executions.restore(running);
        }
        machines.all().forEach(machine -> deleteUnused(machine.arn()));
    }

    /// What a child of a Map Run was answered by mocks counts for the execution whose Map state it is.
    private void countForParent(Execution child) {
        var mapRunArn = child.mapRunArn();
        if (mapRunArn != null) {
            engine.mapRun(mapRunArn).ifPresent(run -> mocked.fold(child.arn(), run.executionArn()));
        }
    }

    /// A machine that was deleted is gone when the last of its executions has closed.
    private void deleteUnused(String machineArn) {
        var machine = machines.find(machineArn);
        if (machine != null && machine.isDeleting() && !executions.isRunning(machineArn)) {
            machines.remove(machineArn);
            var kept = keeper;
            if (kept != null) {
                threads.execute(() -> kept.save(machines, activities));
            }
        }
    }

    /// Lets executions go on that were running when the process ended that kept them.
    public void resume() {
        engine.resume();
    }

    /// Nothing that happens from now on is kept: what fails because the process ends has not failed.
    public void freeze() {
        if (journal != null) {
            journal.close();
        }
    }

    /// Calls a service. That it was called outlives the process before, so that it is never called a second time as if
    /// for the first; while the disk is full it is not called.
    private void call(Runnable work) {
        threads.execute(() -> {
            try {
                if (journal != null) {
                    journal.write();
                }
            } catch (UncheckedIOException e) {
                var scheduler = engine.scheduler();
                scheduler.at(scheduler.now().plus(UNTIL_THERE_IS_ROOM), () -> call(work));
                return;
            }
            work.run();
        });
    }

    private JsonAction saving(JsonAction action) {
        return (input, call) -> {
            var answer = action.handle(input, call);
            var kept = keeper;
            if (kept != null) {
                kept.save(machines, activities);
            }
            return answer;
        };
    }

    /// Has state machines under keys of KMS.
    public void encryptWith(ServiceKeys kms) {
        keys.use(kms);
    }

    /// The API on the wire.
    public Service service() {
        return service;
    }

    public Engine engine() {
        return engine;
    }

    /// The answers that mocks have given.
    public MockedAnswers mocked() {
        return mocked;
    }

    /// Is told of every execution from now on.
    public void observe(ExecutionListener listener) {
        listeners.add(listener);
    }

    /// Tells a bus of every new status of an execution from now on.
    public void tell(Consumer<Map<String, @Nullable Object>> bus) {
        observe(new StatusChangeEvents(account, engine.scheduler()::now, threads, bus));
    }

    /// Calls other services as SDK integrations do, for whoever has a caller.
    public Integrations integrations() {
        return integrations;
    }

    /// For EventBridge's rules.
    public ExecutionStarter starter() {
        return (caller, machineArn, name, input, context) -> {
            if (journal != null) {
                journal.requireRoom();
            }
            start(caller, machineArn, name, input, null, context);
            if (journal != null) {
                journal.flush();
            }
        };
    }

    /// Starts an execution as the API does.
    ///
    /// @param machineArn of a machine, a version or an alias
    /// @param name null for one that nobody else has
    /// @param input JSON text; null for the empty object
    /// @throws dev.baton.local.http.AccessDenied when the caller may not
    /// @throws dev.baton.local.http.AwsError as StartExecution
    public Execution start(
            Caller caller,
            String machineArn,
            @Nullable String name,
            @Nullable String input,
            @Nullable String traceHeader,
            RequestContext context) {
        var arn = StatesArn.parse(machineArn, "stateMachine");
        authorizer.require(
                caller, "states:StartExecution", arn.unqualified(), arn.keys().or(context));
        var start = machines.start(arn);
        integrations.expect(start.revision().roleArn(), start.machine().arn());
        return executions.start(start, name, input, traceHeader);
    }

    /// An execution that another one starts and waits for.
    private Integrations.Nested nested() {
        return new Integrations.Nested() {
            @Override
            public Execution start(
                    Caller caller,
                    String machineArn,
                    @Nullable String name,
                    @Nullable String input,
                    RequestContext context) {
                return StepFunctions.this.start(caller, machineArn, name, input, null, context);
            }

            @Override
            public @Nullable Execution find(String executionArn) {
                var started = executions.started(executionArn);
                return started == null ? null : started.execution();
            }

            @Override
            public void stop(Caller caller, String executionArn, RequestContext context) {
                authorizer.require(caller, "states:StopExecution", executionArn, context);
                engine.stop(executionArn, null, null);
            }

            @Override
            public Map<String, @Nullable Object> describe(Caller caller, Execution execution, RequestContext context) {
                authorizer.require(caller, "states:DescribeExecution", execution.arn(), context);
                var now = engine.scheduler().now();
                return ExecutionActions.describe(execution, executions.started(execution.arn()), true, now);
            }
        };
    }

    @Override
    public void close() {
        freeze();
        threads.shutdownNow();
    }

    /// Tells all that listen.
    private record Listeners(List<ExecutionListener> listeners) implements ExecutionListener {
        @Override
        public void statusChanged(Execution execution) {
            listeners.forEach(listener -> listener.statusChanged(execution));
        }

        @Override
        public void recorded(Execution execution, HistoryEvent event) {
            listeners.forEach(listener -> listener.recorded(execution, event));
        }
    }
}
