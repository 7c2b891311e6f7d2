package dev.baton.local.lambda;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A function by name: its versions, and what others may do with it.
///
/// @param published the number of the version that was published last
/// @param tags which versions do not have
record FunctionEntry(
        Map<String, FunctionVersion> versions,
        AtomicInteger published,
        FunctionPolicy policy,
        Map<String, EventInvokeConfig> asynchronous,
        Map<String, String> tags) {
    FunctionEntry(String arn) {
        this(
                new ConcurrentHashMap<>(),
                new AtomicInteger(),
                new FunctionPolicy(arn),
                new ConcurrentSkipListMap<>(),
                new ConcurrentSkipListMap<>());
    }
}
