package dev.baton.lambda.simulation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.StsException;

/// A client of STS without a wire, as [DirectS3] is one of S3.
enum DirectSts implements StsClient {
    INSTANCE;

    private static final int ATTEMPTS = 10;

    @Override
    public AssumeRoleResponse assumeRole(AssumeRoleRequest request) {
        var reply = send(new Wire("POST", "sts", "AssumeRole", Map.of(), Map.of(), new byte[0]), ATTEMPTS);
        if (reply.status() != 200) {
            throw StsException.builder().statusCode(reply.status()).build();
        }
        var xml = new String(reply.body(), StandardCharsets.UTF_8);
        return AssumeRoleResponse.builder()
                .credentials(given -> given.accessKeyId(element(xml, "AccessKeyId"))
                        .secretAccessKey(element(xml, "SecretAccessKey"))
                        .sessionToken(element(xml, "SessionToken"))
                        .expiration(Instant.parse(element(xml, "Expiration"))))
                .assumedRoleUser(user -> user.arn(element(xml, "Arn")))
                .packedPolicySize(Integer.valueOf(element(xml, "PackedPolicySize")))
                .build();
    }

    /// Sends a request until it is answered, as the SDK does with what the simulated services say.
    static Reply send(Wire wire, int attempts) {
        for (var attempt = 1; ; attempt++) {
            try {
                var reply = LiveInvocation.current().exchange(wire);
                if (attempt == attempts || (reply.status() < 500 && !isThrottled(reply))) {
                    return reply;
                }
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw AbortedException.create("interrupted", e);
                }
                if (attempt == attempts) {
                    throw SdkClientException.create(e.getMessage(), e);
                }
            }
            try {
                LiveInvocation.current().waitToTryAgain();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw AbortedException.create("interrupted", e);
            }
        }
    }

    private static boolean isThrottled(Reply reply) {
        return reply.status() == 400
                && "Throttling".equals(element(new String(reply.body(), StandardCharsets.UTF_8), "Code"));
    }

    /// The text of an element, or null.
    static @Nullable String element(String xml, String name) {
        var start = xml.indexOf("<" + name + ">");
        return start < 0 ? null : xml.substring(start + name.length() + 2, xml.indexOf("</" + name + ">", start));
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
