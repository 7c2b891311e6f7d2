package dev.baton.task.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Something that a call needs to be allowed to do.
///
/// @param actions as IAM names them
/// @param resources ARNs with `${Partition}`, `${Region}` and `${AccountId}`
/// @param conditions values by operator and key
public record ServiceRight(
        List<String> actions, List<String> resources, Map<String, Map<String, List<String>>> conditions) {

    /// Stands among the resources for the state machines of the pipeline.
    public static final String MACHINES = "machines";

    public ServiceRight {
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        conditions = Map.copyOf(conditions);
    }

    static ServiceRight to(List<String> actions, String... resources) {
        return new ServiceRight(actions, List.of(resources), Map.of());
    }

    /// This right, only where a key has one of the values.
    ServiceRight when(String operator, String key, String... values) {
        var more = new LinkedHashMap<>(conditions);
        var keys = new LinkedHashMap<>(more.getOrDefault(operator, Map.of()));
        keys.put(key, List.of(values));
        more.put(operator, keys);
        return new ServiceRight(actions, resources, more);
    }

    static String arn(String service, String resource) {
        return "arn:${Partition}:" + service + ":${Region}:${AccountId}:" + resource;
    }
}
