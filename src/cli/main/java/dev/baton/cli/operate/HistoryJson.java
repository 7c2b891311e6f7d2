package dev.baton.cli.operate;

import dev.baton.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/// A history as `aws stepfunctions get-execution-history` prints it, so that whatever reads that reads this too.
public final class HistoryJson {
    private HistoryJson() {}

    /// `{"events": […]}`.
    public static String print(List<HistoryEvent> events) {
        return Json.pretty(
                Map.of("events", events.stream().map(HistoryJson::object).toList()));
    }

    /// The service's names for members; those that are not there are left out, as the service does.
    private static Map<String, @Nullable Object> object(SdkPojo pojo) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        for (SdkField<?> field : pojo.sdkFields()) {
            var value = field.getValueOrDefault(pojo);
            if (value instanceof List<?> list && list.isEmpty()) {
                continue;
            }
            if (value != null) {
                object.put(field.locationName(), json(value));
            }
        }
        return object;
    }

    private static Object json(Object value) {
        return switch (value) {
            case SdkPojo pojo -> object(pojo);
            case Instant time -> time.toString();
            case List<?> list ->
                list.stream().map(element -> json((Object) element)).toList();
            case Integer number -> number.longValue();
            case Boolean flag -> flag;
            case Long number -> number;
            default -> value.toString();
        };
    }
}
