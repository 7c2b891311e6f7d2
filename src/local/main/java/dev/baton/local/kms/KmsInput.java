package dev.baton.local.kms;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The members of a request to KMS.
record KmsInput(Map<String, @Nullable Object> members) {

    @Nullable
    String text(String name) {
        return members.get(name) instanceof String text ? text : null;
    }

    String text(String name, String otherwise) {
        var text = text(name);
        return text == null ? otherwise : text;
    }

    /// @throws dev.baton.local.http.AwsError `ValidationException` where it is absent
    String require(String name) {
        var text = text(name);
        if (text == null) {
            throw KmsErrors.validation("1 validation error detected: Value null at '"
                    + Character.toLowerCase(name.charAt(0)) + name.substring(1)
                    + "' failed to satisfy constraint: Member must not be null");
        }
        return text;
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    /// @param otherwise for an absent member
    int number(String name, int otherwise, int min, int max) {
        if (!(members.get(name) instanceof Number number)) {
            return otherwise;
        }
        if (number.longValue() < min || number.longValue() > max) {
            throw KmsErrors.validation("1 validation error detected: Value '" + number + "' at '"
                    + Character.toLowerCase(name.charAt(0)) + name.substring(1)
                    + "' failed to satisfy constraint: Member must have value between " + min + " and " + max);
        }
        return number.intValue();
    }

    byte[] bytes(String name, int max) {
        try {
            var bytes = Base64.getDecoder().decode(require(name));
            if (bytes.length == 0 || bytes.length > max) {
                throw KmsErrors.validation("1 validation error detected: Value at '"
                        + Character.toLowerCase(name.charAt(0)) + name.substring(1)
                        + "' failed to satisfy constraint: Member must have length between 1 and " + max);
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw KmsErrors.validation("The member " + name + " is no base64.");
        }
    }

    Map<String, String> texts(String name) {
        var texts = new LinkedHashMap<String, String>();
        if (members.get(name) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        }
        return texts;
    }

    /// `[{"TagKey": …, "TagValue": …}]`.
    Map<String, String> tags() {
        var tags = new LinkedHashMap<String, String>();
        if (members.get("Tags") instanceof List<?> list) {
            for (var each : list) {
                if (each instanceof Map<?, ?> tag) {
                    tags.put(String.valueOf(tag.get("TagKey")), String.valueOf(tag.get("TagValue")));
                }
            }
        }
        return tags;
    }

    List<String> list(String name) {
        return members.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
