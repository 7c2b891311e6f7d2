package dev.baton.task;

import dev.baton.name.Arn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The surroundings that code runs in, which an ARN names and task code does not know.
///
/// @param partition `aws`, `aws-cn`, `aws-us-gov`
/// @param region such as `eu-central-1`
/// @param account 12 digits
public record Surroundings(String partition, String region, String account) {

    /// Those of a role, by its ARN.
    public static Surroundings of(String roleArn, String region) {
        var arn = Arn.parse(roleArn);
        return new Surroundings(arn.partition(), region, arn.account());
    }

    /// The names under which an environment puts the three into policies and definitions, for those that authors write.
    public static String canonical(String text) {
        return text.replace("${partition}", "${Partition}")
                .replace("${region}", "${Region}")
                .replace("${account}", "${AccountId}");
    }

    /// A text with `${partition}`, `${region}` and `${account}` replaced, `${Partition}`, `${Region}` and
    /// `${AccountId}` too.
    public String in(String text) {
        return text.indexOf('$') < 0
                ? text
                : canonical(text)
                        .replace("${Partition}", partition)
                        .replace("${Region}", region)
                        .replace("${AccountId}", account);
    }

    /// JSON with all of its texts replaced.
    public Map<String, @Nullable Object> in(Map<String, @Nullable Object> object) {
        var replaced = new LinkedHashMap<String, @Nullable Object>();
        object.forEach((name, value) -> replaced.put(name, value(value)));
        return replaced;
    }

    private @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case String text -> in(text);
            case List<?> list -> {
                var replaced = new ArrayList<@Nullable Object>();
                list.forEach(element -> replaced.add(value(element)));
                yield replaced;
            }
            case Map<?, ?> object -> {
                var replaced = new LinkedHashMap<String, @Nullable Object>();
                object.forEach((name, member) -> replaced.put((String) name, value(member)));
                yield replaced;
            }
            case null, default -> value;
        };
    }
}
