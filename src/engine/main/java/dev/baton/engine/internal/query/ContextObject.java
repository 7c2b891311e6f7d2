package dev.baton.engine.internal.query;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The context object (`$$`, `$states.context`) of one place in an execution. Its JSON value is made when first asked
/// for and kept until something in it changes, since most states never look at it.
public final class ContextObject {
    private final @Nullable ExecutionFacts facts;
    private final @Nullable Map<String, @Nullable Object> mapItem;
    private String stateName = "";
    private long enteredMillis;
    private boolean countsRetries;
    private int retryCount;
    private @Nullable String token;
    private @Nullable Map<String, @Nullable Object> value;

    /// @param facts null where there is no execution
    /// @param mapItem the value of `Map.Item`, or null outside of iterations
    public ContextObject(@Nullable ExecutionFacts facts, @Nullable Map<String, @Nullable Object> mapItem) {
        this.facts = facts;
        this.mapItem = mapItem;
    }

    /// A context object with this value for good, as TestState is given one.
    public static ContextObject of(Map<String, @Nullable Object> value) {
        var context = new ContextObject(null, null);
        context.value = value;
        return context;
    }

    /// The same place with an item: what an ItemSelector sees.
    public ContextObject withItem(Map<String, @Nullable Object> item) {
        if (facts == null) {
            var object = new LinkedHashMap<>(value());
            object.put("Map", Map.of("Item", item));
            return of(object);
        }
        var copy = new ContextObject(facts, item);
        copy.enter(stateName, enteredMillis, countsRetries);
        return copy;
    }

    /// The context object of a branch, which has not entered any state.
    public ContextObject branch() {
        return new ContextObject(facts, mapItem);
    }

    /// @param retriable whether the state is one that can be retried: then the object has a retry count
    public void enter(String state, long millis, boolean retriable) {
        stateName = state;
        countsRetries = retriable;
        enteredMillis = millis;
        retryCount = 0;
        token = null;
        value = null;
    }

    public void retry(int count) {
        retryCount = count;
        token = null;
        value = null;
    }

    public void token(String taskToken) {
        token = taskToken;
        if (facts != null) {
            value = null;
        }
    }

    public int retryCount() {
        return retryCount;
    }

    public Map<String, @Nullable Object> value() {
        var made = value;
        if (made == null) {
            made = make();
            value = made;
        }
        return made;
    }

    private Map<String, @Nullable Object> make() {
        var object = new LinkedHashMap<String, @Nullable Object>();
        if (facts != null) {
            object.put("Execution", facts.execution());
            object.put("StateMachine", facts.stateMachine());
        }
        var state = new LinkedHashMap<String, @Nullable Object>();
        state.put("Name", stateName);
        state.put("EnteredTime", Timestamps.text(enteredMillis));
        object.put("State", state);
        if (mapItem != null) {
            object.put("Map", Map.of("Item", mapItem));
        }
        if (countsRetries) {
            state.put("RetryCount", (long) retryCount);
        }
        if (token != null) {
            object.put("Task", Map.of("Token", token));
        }
        return object;
    }
}
