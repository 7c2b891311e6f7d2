package dev.baton.lambda.internal.session;

import dev.baton.lambda.internal.aws.ServiceAnswer;
import dev.baton.lambda.internal.aws.ServiceClients;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/// STS, as far as a function speaks with it: assuming its task's role.
public final class Sts implements Function<RoleRequest, RoleCredentials> {
    private static final String VERSION = "2011-06-15";

    private final ServiceClients clients;

    public Sts(ServiceClients clients) {
        this.clients = clients;
    }

    @Override
    public RoleCredentials apply(RoleRequest request) {
        return clients.sts().send(form(request), clients.own(), Sts::read);
    }

    private static byte[] form(RoleRequest request) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("Action", "AssumeRole");
        fields.put("Version", VERSION);
        fields.put("RoleArn", request.role());
        fields.put("RoleSessionName", request.sessionName());
        fields.put("SourceIdentity", request.sourceIdentity());
        fields.put("DurationSeconds", Integer.toString(request.durationSeconds()));
        fields.put("Policy", request.policy());
        var number = 0;
        for (var tag : request.tags().entrySet()) {
            number++;
            fields.put("Tags.member." + number + ".Key", tag.getKey());
            fields.put("Tags.member." + number + ".Value", tag.getValue());
        }
        return fields.entrySet().stream()
                .map(Sts::pair)
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String pair(Map.Entry<String, String> field) {
        return field.getKey() + "=" + SdkHttpUtils.formDataEncode(field.getValue());
    }

    private static RoleCredentials read(ServiceAnswer answer) throws IOException {
        var xml = answer.text();
        var expires = Instant.parse(need(xml, "Expiration"));
        return new RoleCredentials(
                need(xml, "Arn"),
                AwsSessionCredentials.builder()
                        .accessKeyId(need(xml, "AccessKeyId"))
                        .secretAccessKey(need(xml, "SecretAccessKey"))
                        .sessionToken(need(xml, "SessionToken"))
                        .expirationTime(expires)
                        .build(),
                expires,
                packed(xml));
    }

    private static int packed(String xml) {
        var percent = ServiceAnswer.element(xml, "PackedPolicySize");
        return percent == null ? 0 : Integer.parseInt(percent);
    }

    /// The message must not show the answer, which may hold credentials.
    private static String need(String xml, String name) throws IOException {
        var value = ServiceAnswer.element(xml, name);
        if (value == null) {
            throw new IOException("STS assumed the role and answered without " + name);
        }
        return value;
    }
}
