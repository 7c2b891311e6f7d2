package dev.baton.compiler.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The proof that a machine stays inside the limits: how far a state machine is from the limits of Step Functions, at
/// worst.
///
/// @param states in all its graphs together
/// @param bytes of the definition in UTF-8, before `${…}` are replaced and with an allowance for what replaces them
/// @param events in the history of one execution when every task uses up all its retries
/// @param payloadBytes the largest payload that passes between two states
public record Proof(int states, int bytes, long events, int payloadBytes) {
    /// The size of a definition: 1 MB, hard.
    public static final int MAX_BYTES = 1_048_576;
    /// Events in the history of a STANDARD execution, hard.
    public static final long MAX_EVENTS = 25_000;
    /// Input or output of a state, hard.
    public static final int MAX_PAYLOAD_BYTES = 262_144;

    /// Whether everything stays inside.
    public boolean holds() {
        return bytes <= MAX_BYTES && events <= MAX_EVENTS && payloadBytes <= MAX_PAYLOAD_BYTES;
    }

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("states", (long) states);
        json.put("bytes", (long) bytes);
        json.put("worstCaseEvents", events);
        json.put("payloadBytes", (long) payloadBytes);
        return json;
    }
}
