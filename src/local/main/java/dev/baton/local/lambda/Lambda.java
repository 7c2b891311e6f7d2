package dev.baton.local.lambda;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.engine.time.Scheduler;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.caller.Caller;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.ServiceRefusal;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.AccessRequest;
import dev.baton.local.identity.Authorizer;
import dev.baton.local.internal.StoredFile;
import dev.baton.local.lambda.InvocationRecord.Condition;
import dev.baton.local.lambda.function.Invocation;
import dev.baton.local.lambda.function.LambdaFunction;
import dev.baton.local.lambda.process.JavaRuntime;
import dev.baton.local.logs.Logs;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.Foundation;
import dev.baton.local.service.RestService;
import dev.baton.local.service.Service;
import dev.baton.local.sqs.NewMessage;
import dev.baton.local.sqs.Queues;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lambda: functions that are objects of this process, each running with the credentials of its own role.
///
/// See [Invoke](https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html).
public final class Lambda implements AutoCloseable {
    /// Lambda tries an asynchronous invocation three times.
    public static final List<Duration> RETRY_DELAYS = List.of(Duration.ofMinutes(1), Duration.ofMinutes(2));

    private final Account account;
    private final Authorizer authorizer;
    private final Scheduler scheduler;
    private final Sandboxes sandboxes;
    private final Queues queues;
    private final EventSourceMappings mappings;
    private final List<InvocationObserver> observers = new CopyOnWriteArrayList<>();
    private final Map<String, FunctionEntry> functions = new ConcurrentSkipListMap<>();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("lambda-", 1).factory());
    private volatile @Nullable TopicSink topics;
    private final AtomicInteger pending = new AtomicInteger();
    private volatile List<Duration> retryDelays = RETRY_DELAYS;

    /// @param queues what event source mappings read, and what is told of asynchronous invocations
    public Lambda(Foundation foundation, Logs logs, Queues queues) {
        this.queues = queues;
        this.mappings = new EventSourceMappings(this, queues);
        this.account = foundation.account();
        this.authorizer = foundation.authorizer();
        this.scheduler = foundation.scheduler();
        this.sandboxes = new Sandboxes(foundation, observers, logs);
    }

    /// The API on the wire.
    ///
    /// @param s3 where code may lie, asked for when it is needed
    /// @param folder where uploaded code is unpacked, and beside which functions of uploaded code are kept; absent
    ///     where nothing is
    /// @param said is told LOC008 where a function's code is gone
    public Service service(Supplier<@Nullable Service> s3, @Nullable Path folder, Consumer<Diagnostic> said) {
        var code = new UploadedCode(account, s3, folder, scheduler::now);
        var operations = new LambdaOperations(
                this, account, new FunctionActions(this, code), new EventSourceActions(this, mappings));
        if (folder == null) {
            return new RestService("lambda", authorizer, operations.all(), () -> {}, operations::close);
        }
        var kept = new FunctionStore(new StoredFile(folder.resolveSibling("functions.json")), folder);
        mappings.keep(new StoredFile(folder.resolveSibling("event-sources.json")));
        var needed = kept.load(this);
        if (needed != null) {
            code.keepOnly(needed);
            kept.withoutCode(this).forEach(said);
        }
        return new RestService("lambda", authorizer, operations.all(), () -> kept.save(this), operations::close);
    }

    /// Reads the queues of event source mappings from now on.
    public void resume() {
        mappings.resume();
    }

    /// Leaves the queues alone.
    public void readNoMore() {
        mappings.close();
    }

    /// All functions, by name.
    Map<String, FunctionEntry> entries() {
        return functions;
    }

    /// Adds a function or replaces its code and configuration, and publishes that as a version.
    ///
    /// @return the version's ARN, `arn:…:function:NAME:1`; without its last part it is the function's own
    public String register(LambdaFunction function) {
        var entry = functions.computeIfAbsent(function.name(), name -> new FunctionEntry(arn(name)));
        var number = Integer.toString(entry.published().incrementAndGet());
        var arn = arn(function.name()) + ":" + number;
        entry.versions().put(number, new FunctionVersion(function, number, arn, scheduler.now()));
        entry.versions()
                .put(
                        FunctionVersion.LATEST,
                        new FunctionVersion(function, FunctionVersion.LATEST, arn(function.name()), scheduler.now()));
        return arn;
    }

    /// Adds a function, or replaces the code and configuration of one, and publishes nothing.
    void put(LambdaFunction function) {
        var entry = functions.computeIfAbsent(function.name(), name -> new FunctionEntry(arn(name)));
        entry.versions()
                .put(
                        FunctionVersion.LATEST,
                        new FunctionVersion(function, FunctionVersion.LATEST, arn(function.name()), scheduler.now()));
    }

    boolean has(String name) {
        return functions.containsKey(name);
    }

    /// Publishes the newest code and configuration; what was published last stays the version it is, if nothing
    /// changed since but the description.
    FunctionVersion publish(String name, @Nullable String description) {
        var entry = entry(name, arn(name));
        synchronized (entry) {
            var latest = find(FunctionReference.parse(name, null)).function();
            var last = entry.versions().get(Integer.toString(entry.published().get()));
            if (last != null && last.function().described("").equals(latest.described(""))) {
                return last;
            }
            var number = Integer.toString(entry.published().incrementAndGet());
            var version = new FunctionVersion(
                    description == null ? latest : latest.described(description),
                    number,
                    arn(name) + ":" + number,
                    scheduler.now());
            entry.versions().put(number, version);
            return version;
        }
    }

    /// Deletes one version, or the function with all of them.
    void delete(FunctionReference reference) {
        var entry = entry(reference.name(), arn(reference.name()));
        var qualifier = reference.qualifier();
        if (qualifier == null) {
            functions.remove(reference.name());
        } else if (qualifier.equals(FunctionVersion.LATEST)) {
            throw new AwsError(
                    400,
                    "InvalidParameterValueException",
                    "$LATEST version cannot be deleted without deleting the function.");
        } else {
            entry.versions().remove(qualifier);
        }
    }

    public void observe(InvocationObserver observer) {
        observers.add(observer);
    }

    /// Says what publishes to topics that are destinations.
    public void publishTo(TopicSink sink) {
        topics = sink;
    }

    /// Runs functions that were uploaded, each in processes of its own; without this they cannot be invoked.
    public void run(JavaRuntime runtime) {
        sandboxes.runProcesses(runtime);
    }

    /// Has functions of Python and Node.js trust a server; those of Java have a trust store.
    ///
    /// @param certificate a PEM file
    public void trust(Path certificate) {
        sandboxes.trust(certificate);
    }

    /// How long a failed asynchronous invocation waits before each retry; none for no retries.
    public void retryAfter(List<Duration> delays) {
        retryDelays = List.copyOf(delays);
    }

    /// Asynchronous invocations that were accepted and have not ended.
    public int pending() {
        return pending.get();
    }

    String arn(String name) {
        return account.arn("lambda", "function:" + name);
    }

    /// The function and its newest configuration, sorted by name.
    Collection<FunctionVersion> latest() {
        return functions.values().stream()
                .flatMap(entry -> Optional.ofNullable(entry.versions().get(FunctionVersion.LATEST)).stream())
                .toList();
    }

    List<FunctionVersion> versions(String name) {
        return new ArrayList<>(entry(name, arn(name)).versions().values());
    }

    FunctionPolicy policy(String name) {
        return entry(name, arn(name)).policy();
    }

    /// The tags of a function, which whoever has them may change.
    Map<String, String> tags(String name) {
        return entry(name, arn(name)).tags();
    }

    private FunctionEntry entry(String name, String arn) {
        var entry = functions.get(name);
        if (entry == null) {
            throw new AwsError(404, "ResourceNotFoundException", "Function not found: " + arn);
        }
        return entry;
    }

    FunctionVersion find(FunctionReference reference) {
        var arn = reference.arn(account);
        var qualifier = reference.qualifier();
        var version =
                entry(reference.name(), arn).versions().get(qualifier == null ? FunctionVersion.LATEST : qualifier);
        if (version == null) {
            throw new AwsError(404, "ResourceNotFoundException", "Function not found: " + arn);
        }
        return version;
    }

    void require(ApiCall call, FunctionReference reference) {
        require(call, call.right(), reference, RequestContext.EMPTY);
    }

    void require(ApiCall call, FunctionReference reference, RequestContext keys) {
        require(call, call.right(), reference, keys);
    }

    /// Asks leave for an operation on a function, whose own policy may grant it.
    void require(ApiCall call, String right, FunctionReference reference, RequestContext keys) {
        call.require(access(call.caller(), right, reference, keys.or(call.context())));
    }

    void require(Caller caller, String action, FunctionReference reference, RequestContext context) {
        authorizer.require(access(caller, action, reference, context));
    }

    private AccessRequest access(Caller caller, String action, FunctionReference reference, RequestContext context) {
        var entry = functions.get(reference.name());
        var tags = entry == null
                ? RequestContext.EMPTY
                : RequestContext.builder().tags("aws:ResourceTag", entry.tags()).build();
        return new AccessRequest(
                caller,
                action,
                reference.arn(account),
                account.id(),
                context.or(tags),
                entry == null ? null : entry.policy().policy());
    }

    /// Whether a role lets Lambda assume it for a function.
    boolean mayAssume(String function, String roleArn) {
        return sandboxes.mayAssume(function, roleArn);
    }

    /// Runs the function and waits for its end.
    ///
    /// @param function a name, an ARN or a part of one, with or without qualifier
    /// @param qualifier a version, where the function has none in it
    /// @param payload JSON; none is an empty object
    /// @throws dev.baton.local.http.AccessDenied when the caller may not
    /// @throws AwsError when there is no such function or the payload is not JSON
    public InvocationResult invoke(
            Caller caller, String function, @Nullable String qualifier, byte[] payload, RequestContext context) {
        return invoke(caller, function, qualifier, payload, context, Invocation.Origin.NONE);
    }

    /// Whether a caller may run the function.
    ///
    /// @throws AwsError when there is no such function
    public boolean mayInvoke(Caller caller, String function, RequestContext context) {
        var reference = FunctionReference.parse(function, null);
        find(reference);
        return authorizer
                .decide(access(caller, "lambda:InvokeFunction", reference, context))
                .allowed();
    }

    InvocationResult invoke(
            Caller caller,
            String function,
            @Nullable String qualifier,
            byte[] payload,
            RequestContext context,
            Invocation.Origin origin) {
        var reference = FunctionReference.parse(function, qualifier);
        require(caller, "lambda:InvokeFunction", reference, context);
        return sandboxes.run(find(reference), invocation(caller, reference, payload, false, origin));
    }

    /// Takes the invocation and returns at once; a failed one is tried again.
    ///
    /// @throws dev.baton.local.http.AccessDenied when the caller may not
    /// @throws AwsError when there is no such function or the payload is not JSON
    public Invocation invokeAsynchronously(
            Caller caller, String function, @Nullable String qualifier, byte[] payload, RequestContext context) {
        return invokeAsynchronously(caller, function, qualifier, payload, context, () -> {});
    }

    /// @param ended is called when the invocation has succeeded, or is not tried again
    public Invocation invokeAsynchronously(
            Caller caller,
            String function,
            @Nullable String qualifier,
            byte[] payload,
            RequestContext context,
            Runnable ended) {
        var reference = FunctionReference.parse(function, qualifier);
        require(caller, "lambda:InvokeFunction", reference, context);
        var version = find(reference);
        var invocation = invocation(caller, reference, payload, true, Invocation.Origin.NONE);
        pending.incrementAndGet();
        var accepted = scheduler.now();
        threads.execute(() -> attempt(version, new Queued(invocation, accepted, ended)));
        return invocation;
    }

    /// How asynchronous invocations under a qualifier are treated, or null where nobody said.
    @Nullable
    EventInvokeConfig configuration(FunctionReference reference) {
        find(reference);
        return entry(reference.name(), reference.arn(account)).asynchronous().get(qualifier(reference));
    }

    /// All that is said about a function.
    Collection<EventInvokeConfig> configurations(String name) {
        return entry(name, arn(name)).asynchronous().values();
    }

    /// @param config null for none
    void configure(FunctionReference reference, @Nullable EventInvokeConfig config) {
        var all = entry(reference.name(), reference.arn(account)).asynchronous();
        if (config == null) {
            all.remove(qualifier(reference));
        } else {
            all.put(qualifier(reference), config);
        }
    }

    /// What holds for a function while nobody said anything.
    EventInvokeConfig unconfigured(FunctionReference reference) {
        find(reference);
        return EventInvokeConfig.none(arn(reference.name()) + ":" + qualifier(reference), scheduler.now());
    }

    /// Runs a function for an event source, which nobody has to allow.
    InvocationResult runFor(FunctionReference reference, byte[] payload) {
        var lambda = Caller.service("lambda.amazonaws.com", account.region());
        return sandboxes.run(find(reference), invocation(lambda, reference, payload, false, Invocation.Origin.NONE));
    }

    /// Lambda itself in a function's role.
    ///
    /// @throws AwsError where there is no such function, or its role cannot be assumed
    Caller role(FunctionReference reference) {
        return sandboxes.role(find(reference));
    }

    Account account() {
        return account;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    /// Whether a function's role may tell a destination of its results.
    boolean mayDeliver(FunctionReference reference, String destination) {
        try {
            var caller = sandboxes.role(find(reference));
            if (EventInvokeConfig.isQueue(destination)) {
                queues.require(caller, "sqs:SendMessage", destination);
                return true;
            }
            if (EventInvokeConfig.isTopic(destination)) {
                topics().require(caller, destination, RequestContext.EMPTY);
                return true;
            }
            require(caller, "lambda:InvokeFunction", FunctionReference.parse(destination, null), RequestContext.EMPTY);
            return true;
        } catch (ServiceRefusal e) {
            return false;
        }
    }

    Instant now() {
        return scheduler.now();
    }

    private static String qualifier(FunctionReference reference) {
        var qualifier = reference.qualifier();
        return qualifier == null ? FunctionVersion.LATEST : qualifier;
    }

    private Invocation invocation(
            Caller caller,
            FunctionReference reference,
            byte[] payload,
            boolean asynchronous,
            Invocation.Origin origin) {
        var json = payload.length == 0 ? Json.bytes(Map.of()) : payload;
        try {
            Json.parse(json);
        } catch (JsonException e) {
            throw new AwsError(
                    400,
                    "InvalidRequestContentException",
                    "Could not parse request body into json: Could not parse payload into json: " + e.getMessage());
        }
        var version = find(reference);
        return new Invocation(
                UUID.randomUUID().toString(),
                reference.name(),
                version.version(),
                reference.arn(account),
                caller,
                asynchronous,
                1,
                json,
                origin);
    }

    /// @param ended what is told that it has ended
    private record Queued(Invocation invocation, Instant accepted, Runnable ended) {}

    private void attempt(FunctionVersion version, Queued queued) {
        var invocation = queued.invocation();
        var reference = FunctionReference.parse(invocation.invokedArn(), null);
        var configured = functions.containsKey(reference.name()) ? configuration(reference) : null;
        var config = configured == null ? unconfigured(reference) : configured;
        var delays = config.delays(retryDelays);
        InvocationResult result = null;
        try {
            result = sandboxes.run(version, invocation);
        } catch (AwsError e) {
            // The role cannot be assumed: as good a reason to try again as the function's own failure.
        }
        if (result != null && !result.failed()) {
            end(version, queued, config, Condition.SUCCESS, result);
            return;
        }
        if (invocation.attempt() > delays.size()) {
            end(version, queued, config, Condition.RETRIES_EXHAUSTED, result);
            return;
        }
        var again = scheduler.now().plus(delays.get(invocation.attempt() - 1));
        if (again.isAfter(queued.accepted().plus(config.age()))) {
            end(version, queued, config, Condition.EVENT_AGE_EXCEEDED, result);
            return;
        }
        var next = new Queued(invocation.again(), queued.accepted(), queued.ended());
        scheduler.at(again, () -> threads.execute(() -> attempt(version, next)));
    }

    /// Tells the destination, with the function's own role.
    private void end(
            FunctionVersion version,
            Queued queued,
            EventInvokeConfig config,
            Condition condition,
            @Nullable InvocationResult result) {
        var invocation = queued.invocation();
        var destination = condition == Condition.SUCCESS ? config.onSuccess() : config.onFailure();
        try {
            if (destination != null) {
                var told = InvocationRecord.of(config.arn(), invocation, condition, result, scheduler.now());
                deliver(sandboxes.role(version), destination, told);
            }
        } catch (ServiceRefusal e) {
            sandboxes.tell(observer ->
                    observer.undelivered(invocation, String.valueOf(destination), String.valueOf(e.getMessage())));
        } finally {
            pending.decrementAndGet();
            queued.ended().run();
        }
    }

    private TopicSink topics() {
        return Objects.requireNonNull(topics, "the topics are not there yet");
    }

    private void deliver(Caller role, String destination, byte[] told) {
        if (EventInvokeConfig.isQueue(destination)) {
            var message = NewMessage.of(new String(told, StandardCharsets.UTF_8));
            queues.send(role, destination, message, RequestContext.EMPTY);
        } else if (EventInvokeConfig.isTopic(destination)) {
            var message = Map.of("Message", new String(told, StandardCharsets.UTF_8));
            topics().publish(role, destination, message, RequestContext.EMPTY);
        } else {
            invokeAsynchronously(role, destination, null, told, RequestContext.EMPTY);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        sandboxes.close();
    }
}
