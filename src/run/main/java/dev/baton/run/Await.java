package dev.baton.run;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The content of an `awaits` object: a state that waits, by task token, for the completion of a set of nodes, and then
/// for that of its own.
///
/// @param awaiter its name, unique in the run
/// @param token the task token of the state's newest attempt, a secret
/// @param done the keys of the `done` objects that release it
/// @param begin what is begun then; where there is nothing, the token is answered at once
/// @param own the key of the `done` object of what is begun
/// @param attempt counted from 0, of the run that is begun next: a wait that timed out is none
/// @param begun since when, if it was begun
public record Await(
        String awaiter,
        String token,
        List<String> done,
        Optional<AwaitInvocation.Begin> begin,
        Optional<String> own,
        int attempt,
        Optional<Begun> begun) {

    /// How long Lambda may keep what was begun in its queue. Then it says so, and the state's retriers decide.
    public static final int MAX_QUEUED_SECONDS = 300;

    public Await {
        done = List.copyOf(done);
    }

    /// A join that begins nothing.
    public Await(String awaiter, String token, List<String> done) {
        this(awaiter, token, done, Optional.empty(), Optional.empty(), 0, Optional.empty());
    }

    /// That the awaited task's function is being invoked, or was.
    ///
    /// @param at when somebody undertook it
    /// @param token that went along and comes back with the result: the state's at that time
    /// @param sent whether Lambda has surely taken the invocation; who undertook it may have died before
    /// @param failed whether it has failed, and its state is to try again or to give up
    public record Begun(Instant at, String token, boolean sent, boolean failed) {
        public Begun(Instant at, String token, boolean sent) {
            this(at, token, sent, false);
        }

        /// The same, over.
        public Begun over() {
            return new Begun(at, token, true, true);
        }

        Map<String, @Nullable Object> toJson() {
            var json = new LinkedHashMap<String, @Nullable Object>();
            json.put("at", at.toString());
            json.put("token", token);
            json.put("sent", sent);
            if (failed) {
                json.put("failed", true);
            }
            return json;
        }

        static Begun of(StrictFields fields) {
            return new Begun(fields.instant("at"), fields.string("token"), fields.bool("sent"), fields.has("failed"));
        }

        /// Without the token.
        @Override
        public String toString() {
            return "Begun[" + at + (sent ? ", sent" : "") + (failed ? ", failed]" : "]");
        }
    }

    /// The same, begun otherwise.
    public Await with(@Nullable Begun other) {
        return new Await(awaiter, token, done, begin, own, attempt, Optional.ofNullable(other));
    }

    /// The same, with so many runs before the next.
    public Await after(int attempts) {
        return new Await(awaiter, token, done, begin, own, attempts, begun);
    }

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("awaiter", awaiter);
        json.put("token", token);
        json.put("done", done);
        begin.ifPresent(invocation -> json.put("begin", invocation.toJson()));
        own.ifPresent(key -> json.put("own", key));
        if (attempt > 0) {
            json.put("attempt", (long) attempt);
        }
        begun.ifPresent(since -> json.put("begun", since.toJson()));
        return json;
    }

    /// @throws dev.baton.task.InvalidInput when this is not an `awaits` object
    public static Await parse(byte[] utf8) {
        var fields = StrictFields.parse("the await", utf8);
        return new Await(
                fields.string("awaiter"),
                fields.string("token"),
                fields.stringList("done"),
                fields.maybeObject("begin").map(AwaitInvocation.Begin::of),
                fields.maybeString("own"),
                fields.has("attempt") ? Math.toIntExact(fields.integer("attempt")) : 0,
                fields.maybeObject("begun").map(Begun::of));
    }

    /// Without the token, which is a secret.
    @Override
    public String toString() {
        return "Await[" + awaiter + " for " + done
                + begun.map(since -> ", " + since).orElse("") + "]";
    }
}
