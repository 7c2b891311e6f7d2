package dev.baton.lambda.internal.aws;

import dev.baton.lambda.internal.Lazy;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.ClockSkew;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/// Requests to one service, with the SDK's own signatures, retries and HTTP, but without its client of that service.
///
/// A cold start is mostly the loading of classes, and the SDK's clients load well over a thousand before the first
/// request of a task is on its way. A task needs a handful of requests, and always the same.
final class SignedRequests {
    private final Service service;
    private final String region;
    private final SdkHttpClient http;
    private final Backoff patience;
    private final Supplier<RetryStrategy> retries;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    /// How much later it is by the service's clock, as soon as that has turned out to matter.
    private volatile Duration ahead = Duration.ZERO;

    /// @param patience how it waits before it tries again
    /// @param retries asked for when a request fails for the first time
    SignedRequests(
            Service service, String region, SdkHttpClient http, Backoff patience, Supplier<RetryStrategy> retries) {
        this.service = service;
        this.region = region;
        this.http = http;
        this.patience = patience;
        this.retries = new Lazy<>(() -> patience.strategy(retries.get()));
    }

    /// What differs from service to service.
    ///
    /// @param name in signatures
    /// @param shown in messages
    /// @param objects whether paths are keys of objects, which are signed as they are, and contents may be long and are
    ///     not signed where TLS protects them
    /// @param refusal what a refusal is thrown as
    record Service(String name, String shown, boolean objects, Supplier<AwsServiceException.Builder> refusal) {}

    /// Makes something of an answer. One that it cannot read is asked for again.
    interface Reading<T> {
        T read(ServiceAnswer answer) throws IOException;
    }

    /// Sends a request until it is answered: what the service cannot do just now, and what the network loses, is tried
    /// again.
    ///
    /// @param content may be read several times; null where there is none
    /// @param reading is given every answer but those that say that the service cannot, or not now
    /// @throws AwsServiceException when the service cannot
    /// @throws SdkClientException when there was no answer
    <T> T send(
            SdkHttpRequest request,
            @Nullable ContentStreamProvider content,
            AwsCredentialsProvider credentials,
            Reading<T> reading) {
        RetryToken token = null;
        while (true) {
            Exception failure;
            try {
                var answer = once(request, content, credentials);
                if (!mayPass(answer)) {
                    var result = reading.read(answer);
                    if (token != null) {
                        retries.get().recordSuccess(RecordSuccessRequest.create(token));
                    }
                    return result;
                }
                var refusal = refusal(answer);
                if (refusal.isClockSkewException()) {
                    setClock(answer);
                }
                failure = refusal;
            } catch (IOException e) {
                failure = e;
            }
            token = pause(token, failure);
        }
    }

    AwsServiceException refusal(ServiceAnswer answer) throws IOException {
        return answer.refusal(service.shown(), service.refusal().get().clockSkew(ahead.negated()));
    }

    /// Whether the retry strategy has to be asked: 400 is also what time-outs, and some services' throttling, are told
    /// with, and 403 what a wrong clock is. Where the clocks agree, a 403 that is only what it says, or says nothing,
    /// is the usual one.
    private boolean mayPass(ServiceAnswer answer) throws IOException {
        return switch (answer.status()) {
            case 400, 408, 429 -> true;
            case 403 -> {
                var code = answer.code();
                yield (code != null && !code.startsWith("AccessDenied")) || isOfAnotherTime(answer);
            }
            default -> answer.status() >= 500;
        };
    }

    private boolean isOfAnotherTime(ServiceAnswer answer) {
        var time = answer.time();
        return time != null && ClockSkew.isClockSkewed(Instant.now().plus(ahead), time);
    }

    private void setClock(ServiceAnswer answer) {
        var time = answer.time();
        if (time != null) {
            ahead = Duration.between(Instant.now(), time);
        }
    }

    /// @param token null before the first failure
    private RetryToken pause(@Nullable RetryToken token, Exception failure) {
        var strategy = retries.get();
        try {
            var first = token == null
                    ? strategy.acquireInitialToken(AcquireInitialTokenRequest.create(service.name()))
                            .token()
                    : token;
            var next = strategy.refreshRetryToken(RefreshRetryTokenRequest.builder()
                    .token(first)
                    .failure(failure)
                    .build());
            patience.pass(next.delay());
            return next.token();
        } catch (TokenAcquisitionFailedException e) {
            throw failure instanceof AwsServiceException refusal
                    ? refusal
                    : SdkClientException.create(
                            service.shown()
                                    + (failure instanceof UnsoundAnswer
                                            ? " answers unsoundly: "
                                            : " could not be reached: ")
                                    + failure.getMessage(),
                            failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SdkClientException.create("interrupted", e);
        }
    }

    private ServiceAnswer once(
            SdkHttpRequest request, @Nullable ContentStreamProvider content, AwsCredentialsProvider credentials)
            throws IOException {
        if (content == null) {
            return exchange(request, null, credentials);
        }
        try (var opened = new OpenedContent(content)) {
            return exchange(request, opened, credentials);
        }
    }

    private ServiceAnswer exchange(
            SdkHttpRequest request, @Nullable ContentStreamProvider content, AwsCredentialsProvider credentials)
            throws IOException {
        var unsigned = SignRequest.builder((AwsCredentialsIdentity) credentials.resolveCredentials())
                .request(request)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service.name())
                .putProperty(AwsV4HttpSigner.REGION_NAME, region);
        if (service.objects()) {
            unsigned.putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                    .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                    .putProperty(
                            AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED,
                            request.protocol().equals("http"));
        }
        if (!ahead.isZero()) {
            unsigned.putProperty(AwsV4HttpSigner.SIGNING_CLOCK, Clock.offset(Clock.systemUTC(), ahead));
        }
        if (content != null) {
            unsigned.payload(content);
        }
        var signed = signer.sign(unsigned.build());
        var response = http.prepareRequest(HttpExecuteRequest.builder()
                        .request(signed.request())
                        .contentStreamProvider(signed.payload().orElse(null))
                        .build())
                .call();
        return new ServiceAnswer(
                response.httpResponse(), response.responseBody().orElse(null));
    }
}
