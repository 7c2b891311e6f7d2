package dev.baton.lambda.internal;

import dev.baton.json.Json;
import dev.baton.task.LinkageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// One invocation from its bytes to its answer: a log that says what it is about, and a failure that leaves as itself,
/// because Step Functions' retriers go by the name of its class.
public final class InvocationHandler {
    private static final Logger LOG = LoggerFactory.getLogger("dev.baton.lambda");
    private static final String REVISION = "revision";

    private final String revision;

    /// @param revision which revision the function was built from, as the log shows it
    public InvocationHandler(String revision) {
        this.revision = revision;
    }

    /// Answers one invocation.
    public void answer(InputStream in, OutputStream out, Answer answer) throws IOException {
        MDC.put(REVISION, revision);
        try {
            out.write(Json.bytes(answer.to(in.readAllBytes())));
        } catch (LinkageError e) {
            // Its own name would be retried, and there are a dozen of them.
            LOG.atError().setCause(e).log("failed: {}", e.toString());
            throw new LinkageFailure(e);
        } catch (Exception e) {
            LOG.atError().setCause(e).log("failed: {}", SdkMessages.of(e));
            throw InvocationHandler.<RuntimeException>itself(SdkMessages.told(e));
        } finally {
            MDC.clear();
        }
    }

    /// Adds to every line of this invocation's log.
    public static void about(String name, String value) {
        MDC.put(name, value);
    }

    /// A checked exception goes through a method that declares none: wrapped it would have lost its name.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> E itself(Exception problem) throws E {
        throw (E) problem;
    }

    /// The answer to an event.
    @FunctionalInterface
    public interface Answer {
        Map<String, @Nullable Object> to(byte[] event) throws Exception;
    }
}
