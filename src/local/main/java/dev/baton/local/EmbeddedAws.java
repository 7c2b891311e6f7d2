package dev.baton.local;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.engine.time.RealScheduler;
import dev.baton.engine.time.Scheduler;
import dev.baton.local.caller.AccessKey;
import dev.baton.local.dynamodb.DynamoDb;
import dev.baton.local.ecs.Ecs;
import dev.baton.local.events.EventBridge;
import dev.baton.local.http.Account;
import dev.baton.local.http.internal.Dispatcher;
import dev.baton.local.http.internal.HttpServer;
import dev.baton.local.iam.IamService;
import dev.baton.local.iam.policy.Decision;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.AccessRequest;
import dev.baton.local.identity.Authorizer;
import dev.baton.local.identity.Identities;
import dev.baton.local.identity.PolicyAuthorizer;
import dev.baton.local.internal.DataFolder;
import dev.baton.local.internal.LocalDisk;
import dev.baton.local.internal.Salvage;
import dev.baton.local.internal.UnreadableFile;
import dev.baton.local.kms.Kms;
import dev.baton.local.lambda.Lambda;
import dev.baton.local.lambda.process.JavaRuntime;
import dev.baton.local.logs.Logs;
import dev.baton.local.logs.LogsService;
import dev.baton.local.s3.EventSink;
import dev.baton.local.s3.S3;
import dev.baton.local.scheduler.EventScheduler;
import dev.baton.local.secretsmanager.SecretsManager;
import dev.baton.local.service.Foundation;
import dev.baton.local.service.Service;
import dev.baton.local.sns.Sns;
import dev.baton.local.sqs.Sqs;
import dev.baton.local.ssm.Ssm;
import dev.baton.local.states.StepFunctions;
import dev.baton.local.states.mock.IntegrationMocks;
import dev.baton.local.sts.Sessions;
import dev.baton.local.sts.StsService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An AWS of one account and one region in this process, on one port of the loopback interface.
///
/// SDKs and the AWS CLI use it unchanged, given its [#endpoint] and credentials. Signatures are verified and policies
/// enforced.
public final class EmbeddedAws implements AutoCloseable {
    private final Foundation foundation;
    private final AccessKey administrator;
    private final Applications applications;
    private final SecretsManager secrets;
    private final RealScheduler scheduler;
    private final List<Service> services;
    private final HttpServer server;
    private final @Nullable Tls tls;
    private final List<Diagnostic> findings;

    private EmbeddedAws(
            Foundation foundation,
            AccessKey administrator,
            Applications applications,
            SecretsManager secrets,
            RealScheduler scheduler,
            List<Service> services,
            HttpServer server,
            @Nullable Tls tls,
            List<Diagnostic> findings) {
        this.foundation = foundation;
        this.administrator = administrator;
        this.applications = applications;
        this.secrets = secrets;
        this.scheduler = scheduler;
        this.services = services;
        this.server = server;
        this.tls = tls;
        this.findings = List.copyOf(findings);
    }

    /// In memory, on any free port.
    public static EmbeddedAws start() {
        return builder().start();
    }

    public static Builder builder() {
        return new Builder();
    }

    /// Such as `http://127.0.0.1:4566`; with [Builder#tls] `https://…`.
    public URI endpoint() {
        return URI.create(address(tls, server.port()));
    }

    private static String address(@Nullable Tls tls, int port) {
        return (tls == null ? "http" : "https") + "://127.0.0.1:" + port;
    }

    /// What HTTPS is answered with; nothing where HTTP is.
    public @Nullable Tls tls() {
        return tls;
    }

    /// What there is to say of the folder: a torn end that was cut, bytes that are missing, what was salvaged (LOC006
    /// to LOC009).
    public List<Diagnostic> findings() {
        return findings;
    }

    public Account account() {
        return foundation.account();
    }

    /// A user who may do everything.
    public AccessKey administrator() {
        return administrator;
    }

    public Foundation foundation() {
        return foundation;
    }

    /// Where functions are registered.
    public Lambda lambda() {
        return applications.lambda();
    }

    /// Where images are pushed.
    public Ecs ecs() {
        return applications.ecs();
    }

    /// Where runbooks are registered.
    public Ssm ssm() {
        return applications.ssm();
    }

    /// Where queues are.
    public Sqs sqs() {
        return applications.sqs();
    }

    public StepFunctions states() {
        return applications.states();
    }

    public EventBridge events() {
        return applications.events();
    }

    public EventScheduler schedules() {
        return applications.schedules();
    }

    /// Where messages are published.
    public Sns sns() {
        return applications.sns();
    }

    /// Lets executions and deliveries go on that were under way when the process ended that kept them, where
    /// [Builder#held] told them to wait.
    public void resume() {
        applications.resume();
        secrets.resume();
    }

    public SecretsManager secrets() {
        return secrets;
    }

    /// What functions in processes of their own print.
    public Logs logs() {
        return applications.logs();
    }

    /// All that answer requests.
    List<Service> services() {
        return List.copyOf(services);
    }

    /// Ends every connection and execution; what is under a folder stays there.
    @Override
    public void close() {
        server.close();
        applications.states().freeze();
        applications.lambda().readNoMore();
        services.reversed().forEach(Service::close);
        applications.states().close();
        scheduler.close();
    }

    /// The choices before it starts.
    public static final class Builder {
        private int port;
        private Account account = new Account("000000000000", "us-east-1");
        private Clock clock = Clock.systemUTC();
        private @Nullable Scheduler ticking;
        private @Nullable Scheduler time;
        private @Nullable ExecutorService threads;
        private @Nullable Path folder;
        private String accessKeyId = "AKIA" + random("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16);
        private String secretAccessKey = random("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 40);
        private @Nullable Authorizer authorizer;
        private boolean secureTransport = true;
        private @Nullable BiConsumer<AccessRequest, Decision> audit;
        private @Nullable EventSink events;
        private @Nullable JavaRuntime runtime;
        private @Nullable Tls tls;
        private IntegrationMocks mocks = IntegrationMocks.NONE;
        private boolean held;
        private boolean executionsForgotten;
        private boolean salvage;
        private final Map<String, URI> hosts = new HashMap<>();
        private final List<Function<Foundation, Service>> services = new ArrayList<>();

        private Builder() {}

        private static String random(String letters, int length) {
            var random = new SecureRandom();
            return random.ints(length, 0, letters.length())
                    .collect(StringBuilder::new, (text, i) -> text.append(letters.charAt(i)), StringBuilder::append)
                    .toString();
        }

        /// @param port 0, the default, for any free one
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /// The account `000000000000` in `us-east-1` unless told otherwise.
        public Builder account(Account account) {
            this.account = account;
            return this;
        }

        /// What every service tells the time by, signatures included.
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /// The time that schedules of EventBridge Scheduler tick by, where it is not that of everything else: with
        /// virtual time, years of ticks pass at once, and what they call runs in real time.
        public Builder ticking(Scheduler ticking) {
            this.ticking = ticking;
            return this;
        }

        /// The time that everything waits by, and who calls services for Task states: with virtual time and a thread
        /// for both, years of waits pass at once.
        Builder time(Scheduler time, ExecutorService threads) {
            this.time = time;
            this.threads = threads;
            return this;
        }

        /// Where to keep everything; in memory unless told.
        public Builder folder(Path folder) {
            this.folder = folder;
            return this;
        }

        /// The key of [EmbeddedAws#administrator]; a fresh one at each start unless told.
        public Builder administrator(String accessKeyId, String secretAccessKey) {
            this.accessKeyId = accessKeyId;
            this.secretAccessKey = secretAccessKey;
            return this;
        }

        /// Another decider than the policies of the account's identities. For measurements: without enforcement the
        /// one thing that the embedded AWS is for is gone.
        Builder authorizer(Authorizer authorizer) {
            this.authorizer = authorizer;
            return this;
        }

        /// Whether requests count as encrypted on their way (`aws:SecureTransport`). They do unless told otherwise:
        /// they never leave the loopback interface, and policies shall decide here as they will in an account. Told
        /// otherwise, this shows what a policy answers to plain HTTP.
        public Builder secureTransport(boolean secureTransport) {
            this.secureTransport = secureTransport;
            return this;
        }

        /// Who hears of every access that a service asked leave for, and of what was decided: what a trail would tell,
        /// denials and conditions included. Called by whichever thread asks.
        public Builder audit(BiConsumer<AccessRequest, Decision> audit) {
            this.audit = audit;
            return this;
        }

        /// Who takes S3's events instead of EventBridge.
        Builder events(EventSink events) {
            this.events = events;
            return this;
        }

        /// Runs functions that are uploaded, in processes of their own; without it they cannot be invoked.
        public Builder functions(JavaRuntime runtime) {
            this.runtime = runtime;
            return this;
        }

        /// Answers HTTPS, and nothing but HTTPS. Functions and containers in processes of their own trust it; for those
        /// in this process, it is this process that must.
        public Builder tls(Tls tls) {
            this.tls = tls;
            return this;
        }

        /// Where the requests of HTTP tasks to an API go instead: to a server that stands in for it. All others go
        /// where they say.
        ///
        /// @param host such as `api.example.com`
        /// @param instead such as `http://127.0.0.1:8080`, without a path
        public Builder host(String host, URI instead) {
            hosts.put(host, instead);
            return this;
        }

        /// Answers in place of what Task states call; without it every call is made.
        public Builder mocks(IntegrationMocks mocks) {
            this.mocks = mocks;
            return this;
        }

        /// Lets executions and deliveries that were under way when the process ended that kept them wait for
        /// [EmbeddedAws#resume]: for whoever has to register functions first.
        public Builder held() {
            this.held = true;
            return this;
        }

        /// Forgets executions and deliveries when it stops, also with a folder: for whoever starts the same one again
        /// at each call.
        public Builder forgetExecutions() {
            this.executionsForgotten = true;
            return this;
        }

        /// Starts also with a folder that cannot be understood: with what of it can be read; the rest is set aside.
        public Builder salvage() {
            this.salvage = true;
            return this;
        }

        /// One more service.
        public Builder service(Function<Foundation, Service> service) {
            services.add(service);
            return this;
        }

        /// @throws UncheckedIOException where the port is taken or the folder cannot be used
        /// @throws DiagnosticException LOC001 to LOC005 where the folder holds what cannot be understood
        public EmbeddedAws start() {
            var findings = new ArrayList<Diagnostic>();
            try {
                while (true) {
                    var said = new ArrayList<Diagnostic>();
                    try {
                        return tryStart(findings, said);
                    } catch (UnreadableFile e) {
                        if (!salvage || folder == null) {
                            throw new DiagnosticException(e.finding());
                        }
                        findings.add(Salvage.of(e, LocalDisk.DISK, folder));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private EmbeddedAws tryStart(List<Diagnostic> before, List<Diagnostic> said) throws IOException {
            if (folder != null) {
                DataFolder.prepare(folder);
            }
            var all = new CopyOnWriteArrayList<Service>();
            try {
                return tryStart(all, before, said);
            } catch (IOException | RuntimeException e) {
                all.reversed().forEach(Service::close);
                throw e;
            }
        }

        private EmbeddedAws tryStart(CopyOnWriteArrayList<Service> all, List<Diagnostic> before, List<Diagnostic> said)
                throws IOException {
            var identities = folder == null
                    ? new Identities(account, clock)
                    : Identities.in(folder.resolve("iam"), account, clock);
            var administrator = identities.administrator("admin", accessKeyId, secretAccessKey);
            var byPolicies = authorizer == null ? new PolicyAuthorizer(identities) : authorizer;
            Authorizer unheard = secureTransport ? byPolicies : access -> byPolicies.decide(inPlainHttp(access));
            var hearing = audit;
            Authorizer deciding = hearing == null ? unheard : access -> heard(access, unheard.decide(access), hearing);
            var sessions = new Sessions(identities, deciding);
            var endpoint = new AtomicReference<@Nullable String>();
            var scheduler = new RealScheduler(
                    Clock.tick(clock, Duration.ofMillis(1)),
                    Runtime.getRuntime().availableProcessors());
            var foundation = new Foundation(
                    account,
                    clock,
                    time == null ? scheduler : time,
                    identities,
                    deciding,
                    sessions,
                    folder,
                    endpoint::get);
            var applications = Applications.of(
                    foundation,
                    name -> find(all, name),
                    new Applications.Choices(
                            runtime,
                            tls,
                            ticking,
                            this::reached,
                            mocks,
                            threads == null ? taskThreads() : threads,
                            folder != null && !executionsForgotten));
            var events = this.events == null ? applications.events().sink() : this.events;
            var kms = new Kms(foundation);
            all.add(kms.service());
            applications.states().encryptWith(kms.forStepFunctions());
            var secrets = new SecretsManager(
                    foundation, kms.forSecretsManager(), applications.lambda(), ticking == null ? scheduler : ticking);
            all.add(secrets.service());
            all.add(S3.of(foundation, salvage, said::add, kms.forS3(), events, applications::notified));
            if (folder != null) {
                // The objects' folder keeps a second process out.
                applications.states().keep(folder, said::add);
                applications.events().keep(folder, !executionsForgotten, said::add);
                applications.schedules().keep(folder);
                if (!executionsForgotten) {
                    applications.sns().keep(folder, said::add);
                }
                applications.sqs().keep(folder, said::add);
            }
            all.addAll(List.of(
                    StsService.of(foundation, sessions),
                    IamService.of(foundation),
                    applications
                            .lambda()
                            .service(
                                    () -> find(all, "s3"),
                                    folder == null ? null : folder.resolve("functions"),
                                    said::add),
                    applications.ecs().service(),
                    DynamoDb.of(foundation, said::add),
                    applications.ssm().service(),
                    applications.sqs().service(),
                    applications.states().service(),
                    applications.events().service(),
                    applications.schedules().service(),
                    applications.sns().service(),
                    LogsService.of(foundation, applications.logs())));
            services.forEach(service -> all.add(service.apply(foundation)));
            try {
                var server = new HttpServer(
                        port,
                        clock,
                        tls == null ? null : tls.context(),
                        new Dispatcher(all, identities.keys(), account.region(), clock));
                endpoint.set(address(tls, server.port()));
                if (!held) {
                    applications.resume();
                    secrets.resume();
                }
                var findings = new ArrayList<>(before);
                findings.addAll(said);
                return new EmbeddedAws(
                        foundation, administrator, applications, secrets, scheduler, all, server, tls, findings);
            } catch (IOException e) {
                applications.states().close();
                scheduler.close();
                throw e;
            }
        }

        private static ExecutorService taskThreads() {
            return Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("task-", 1).factory());
        }

        private static Decision heard(
                AccessRequest access, Decision decision, BiConsumer<AccessRequest, Decision> hearing) {
            hearing.accept(access, decision);
            return decision;
        }

        private static AccessRequest inPlainHttp(AccessRequest access) {
            RequestContext heard = access.context();
            RequestContext plain = key -> switch (key) {
                case "aws:securetransport" -> List.of("false");
                case "s3:tlsversion" -> null;
                default -> heard.values(key);
            };
            return new AccessRequest(
                    access.caller(),
                    access.action(),
                    access.resource(),
                    access.resourceAccount(),
                    plain,
                    access.resourcePolicy());
        }

        private URI reached(URI address) {
            var instead = hosts.get(address.getHost());
            return instead == null
                    ? address
                    : URI.create(instead
                            + address.getRawPath()
                            + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery()));
        }

        private static @Nullable Service find(List<Service> services, String name) {
            for (var service : services) {
                if (service.name().equals(name)) {
                    return service;
                }
            }
            return null;
        }
    }
}
