package dev.baton.local.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An error of a service. The service's [Protocol] gives it its form.
public final class AwsError extends ServiceRefusal {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final @Nullable Problem problem;
    private final transient Map<String, Object> members;
    private final transient Map<String, String> headers;

    /// @param status the HTTP status
    /// @param code as the SDKs know it, such as `NoSuchKey` or `ExecutionAlreadyExists`
    /// @param message a sentence for people
    public AwsError(int status, String code, String message) {
        this(status, code, message, null, Map.of(), Map.of());
    }

    AwsError(
            int status,
            String code,
            String message,
            @Nullable Problem problem,
            Map<String, Object> members,
            Map<String, String> headers) {
        super(message);
        this.status = status;
        this.code = code;
        this.problem = problem;
        this.members = members;
        this.headers = headers;
    }

    /// The same error with one more member, such as S3's `Key` or a JSON exception's `reason`. Values are JSON values;
    /// XML shows strings only.
    public AwsError with(String member, Object value) {
        var more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new AwsError(status, code, message(), problem, more, headers);
    }

    /// The same error with one more HTTP header.
    public AwsError withHeader(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new AwsError(status, code, message(), problem, members, more);
    }

    /// The same error under another code.
    public AwsError withCode(String other) {
        return new AwsError(status, other, message(), problem, members, headers);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    @Override
    public AwsError error() {
        return this;
    }

    /// Whether the request's body was more than the service takes.
    public boolean isTooLarge() {
        return problem == Problem.TOO_LARGE;
    }

    public Map<String, Object> members() {
        return Collections.unmodifiableMap(members);
    }

    public Map<String, String> headers() {
        return Collections.unmodifiableMap(headers);
    }

    /// The error with the status and code that the protocol has for it, where it is one of those that all services
    /// know.
    public AwsError in(Protocol protocol) {
        return problem == null
                ? this
                : new AwsError(problem.status(protocol), problem.code(protocol), message(), null, members, headers);
    }
}
