package dev.baton.local.http.internal;

import dev.baton.local.caller.Caller;
import dev.baton.local.caller.CredentialStore;
import dev.baton.local.http.AccessDenied;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.ClientGone;
import dev.baton.local.http.Headers;
import dev.baton.local.http.Problem;
import dev.baton.local.http.Protocol;
import dev.baton.local.http.ServiceRefusal;
import dev.baton.local.service.Service;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the service that a request is for, verifies its signature, and gives errors their form.
public final class Dispatcher implements HttpServer.Handler {
    private static final Logger LOG = System.getLogger("dev.baton.local");
    private static final AwsRequest.Signed NOBODY = new AwsRequest.Signed(Caller.ANONYMOUS, "", "", false, 0);

    private final Map<String, Service> services = new LinkedHashMap<>();
    private final SignatureVerifier verifier;
    private final InstantSource clock;
    private final RequestIds ids = new RequestIds();

    /// @param region that requests are signed for
    public Dispatcher(
            Iterable<? extends Service> services, CredentialStore credentials, String region, InstantSource clock) {
        for (var service : services) {
            this.services.put(service.name(), service);
        }
        this.verifier = new SignatureVerifier(credentials, region);
        this.clock = clock;
    }

    @Override
    public AwsResponse handle(HttpServer.Request raw, String sourceIp) throws IOException {
        var body = new RawBody(raw.body(), raw.contentLength());
        AwsRequest request;
        try {
            request = new AwsRequest(
                    raw.method(),
                    raw.rawPath(),
                    raw.rawQuery(),
                    raw.headers(),
                    body,
                    NOBODY,
                    "",
                    sourceIp,
                    clock.instant());
        } catch (AwsError e) {
            request = new AwsRequest(
                    raw.method(),
                    "/",
                    "",
                    raw.headers(),
                    body,
                    NOBODY,
                    ids.next(Protocol.S3),
                    sourceIp,
                    clock.instant());
            return finished(Protocol.S3.response(e, request), Protocol.S3, request.id());
        }
        var name = serviceName(request);
        var service = services.get(name);
        var protocol = service == null ? AbsentService.of(name, request).protocol() : service.protocol();
        request = request.withId(ids.next(protocol));
        return finished(answer(request, service, name, protocol), protocol, request.id());
    }

    private AwsResponse answer(AwsRequest request, @Nullable Service service, String name, Protocol protocol)
            throws IOException {
        try {
            if (service == null) {
                throw AbsentService.of(name, request).refusal(services.keySet());
            }
            var verified = verifier.verify(request, service);
            return service.handle(verified);
        } catch (ServiceRefusal e) {
            if (e instanceof AccessDenied denied) {
                // A key may hold line breaks, and nobody may write lines of the log.
                LOG.log(
                        Logger.Level.DEBUG,
                        () -> "request " + request.id() + ": "
                                + denied.decision().explanation().replaceAll("\\p{Cntrl}", "?"));
            }
            return refused(service, protocol, e.error(), request);
        } catch (ClientGone | MalformedRequest e) {
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            // Of errors as well: memory or stack that end are this request's, and the next one may need less.
            if (e.getCause() instanceof ClientGone gone) {
                throw gone;
            }
            LOG.log(Logger.Level.ERROR, () -> "request " + request.id() + " to " + name + " failed", e);
            return refused(
                    service,
                    protocol,
                    Problem.FAILURE.error("We encountered an internal error. Request " + request.id() + " is in the log"
                            + file() + "."),
                    request);
        }
    }

    private static AwsResponse refused(
            @Nullable Service service, Protocol protocol, AwsError error, AwsRequest request) {
        return service == null ? protocol.response(error, request) : service.refuse(error, request);
    }

    /// The file, where this process has one for its log.
    private static String file() {
        var file = System.getProperty("baton.log", "");
        return file.isEmpty() ? "" : ", " + file;
    }

    private static AwsResponse finished(AwsResponse response, Protocol protocol, String id) {
        if (protocol == Protocol.S3) {
            response.headers().add("x-amz-request-id", id).add("x-amz-id-2", Protocol.hostId(id));
        } else {
            response.headers().add("x-amzn-RequestId", id);
        }
        return response;
    }

    /// By what the request was signed for; unsigned ones by what they look like.
    private String serviceName(AwsRequest request) {
        if (AbsentService.isS3Control(request)) {
            return "s3control";
        }
        var signed = Authorization.serviceOf(request);
        if (signed != null) {
            return signed;
        }
        var target = request.headers().get("X-Amz-Target", "");
        for (var service : services.values()) {
            if (service.recognises(request)) {
                return service.name();
            }
        }
        if (!target.isEmpty()) {
            return target;
        }
        var host = request.headers().get("Host", "");
        for (var name : new String[] {"sts", "iam", "states", "events", "lambda", "kms"}) {
            if (host.startsWith(name + ".") || host.startsWith("sync-" + name + ".")) {
                return name;
            }
        }
        if (request.rawPath().startsWith("/2015-03-31/functions")) {
            return "lambda";
        }
        var isForm = request.headers().get("Content-Type", "").startsWith("application/x-www-form-urlencoded");
        return request.rawPath().equals("/") && (isForm || request.query().has("Action")) ? "sts" : "s3";
    }

    private record RawBody(InputStream stream, long length) implements AwsRequest.Body {
        @Override
        public Headers trailers() {
            return new Headers(0);
        }
    }
}
