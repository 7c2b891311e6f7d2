package dev.baton.compiler.gate;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The policy of a gate, what a team wants of definitions, from a JSON file; all members may be left out:
///
/// ```json
/// {
///   "rules": {"GAT001": "error", "GAT006": "off"},
///   "heartbeatBeyondSeconds": 3600,
///   "approvals": [{"before": ["arn:aws:states:::glue:*"], "by": ["arn:aws:lambda:*:*:function:approve:*"]}],
///   "destinations": ["arn:*:lambda:*:*:function:baton-weather-*"],
///   "timeoutBeyondSeconds": 86400,
///   "retriesBeyond": 30,
///   "cost": {"dollarsPerThousandTransitions": 0.025, "ceilingDollars": 0.5, "ceilingDollarsPerItem": 0.001}
/// }
/// ```
///
/// @param levels of all rules
/// @param heartbeatBeyondSeconds a task token may be awaited so long without a heartbeat
/// @param approvals what is reached only through an approval
/// @param perThousand dollars for 1,000 transitions of a STANDARD execution
/// @param ceiling dollars that one execution may cost, without the items of its Maps; null where there is no limit
/// @param ceilingPerItem the same for one item of a Map whose items are not known
/// @param destinations patterns with `*` and `?` of what states may reach: resources, ARNs, URIs, names of buckets
/// @param timeoutBeyondSeconds a task may take so long
/// @param retriesBeyond a state may be tried again so often
public record GatePolicy(
        Map<GateRule, GateRule.Level> levels,
        long heartbeatBeyondSeconds,
        List<Approval> approvals,
        BigDecimal perThousand,
        @Nullable BigDecimal ceiling,
        @Nullable BigDecimal ceilingPerItem,
        List<String> destinations,
        long timeoutBeyondSeconds,
        long retriesBeyond) {
    private static final long AN_HOUR = 3_600;
    private static final long A_DAY = 86_400;
    private static final long RETRIES = 30;
    /// [Step Functions pricing](https://aws.amazon.com/step-functions/pricing/).
    private static final BigDecimal PRICE = new BigDecimal("0.025");

    /// The policy where nobody says otherwise.
    public static final GatePolicy DEFAULT =
            new GatePolicy(Map.of(), AN_HOUR, List.of(), PRICE, null, null, List.of(), A_DAY, RETRIES);

    /// Patterns with `*` and `?`; what stands for something at deployment (`${…}`) may be anything.
    ///
    /// @param before what needs the approval: states whose `Resource`, or a text in whose arguments, fits
    /// @param by states that are approvals, told the same way
    public record Approval(List<String> before, List<String> by) {
        public Approval {
            before = List.copyOf(before);
            by = List.copyOf(by);
        }
    }

    public GatePolicy {
        levels = Map.copyOf(levels);
        approvals = List.copyOf(approvals);
        destinations = List.copyOf(destinations);
    }

    /// The same for what is proposed: rules of which the file says nothing are as strict as they can be, and what is
    /// there already is declared.
    ///
    /// @param more approvals that the present definition demands
    /// @param present what the present definition reaches
    public GatePolicy forProposal(List<Approval> more, List<String> present) {
        var strict = new EnumMap<GateRule, GateRule.Level>(GateRule.class);
        for (var rule : GateRule.values()) {
            strict.put(rule, levels.getOrDefault(rule, rule.inProposal()));
        }
        return new GatePolicy(
                strict,
                heartbeatBeyondSeconds,
                Stream.concat(approvals.stream(), more.stream()).toList(),
                perThousand,
                ceiling,
                ceilingPerItem,
                Stream.concat(destinations.stream(), present.stream()).toList(),
                timeoutBeyondSeconds,
                retriesBeyond);
    }

    public GateRule.Level level(GateRule rule) {
        return levels.getOrDefault(rule, rule.byDefault());
    }

    /// @param source what findings call the file
    /// @throws DiagnosticException GAT010 with everything that the file does not say well
    public static GatePolicy parse(String source, String text) {
        return new Reader(source).read(text);
    }

    private static final class Reader {
        private final String source;
        private final List<Diagnostic> broken = new ArrayList<>();

        Reader(String source) {
            this.source = source;
        }

        GatePolicy read(String text) {
            Map<String, @Nullable Object> json = Map.of();
            try {
                json = Json.parseObject(text);
            } catch (JsonException e) {
                broken("is not a JSON object: " + e.getMessage());
            }
            only(
                    "it",
                    json,
                    Set.of(
                            "rules",
                            "heartbeatBeyondSeconds",
                            "approvals",
                            "cost",
                            "destinations",
                            "timeoutBeyondSeconds",
                            "retriesBeyond"));
            var timeout = number("timeoutBeyondSeconds", json.get("timeoutBeyondSeconds"));
            var retries = number("retriesBeyond", json.get("retriesBeyond"));
            var cost = object("cost", json.get("cost"));
            only("cost", cost, Set.of("dollarsPerThousandTransitions", "ceilingDollars", "ceilingDollarsPerItem"));
            var heartbeat = number("heartbeatBeyondSeconds", json.get("heartbeatBeyondSeconds"));
            var price = number("dollarsPerThousandTransitions", cost.get("dollarsPerThousandTransitions"));
            var policy = new GatePolicy(
                    levels(object("rules", json.get("rules"))),
                    heartbeat == null ? AN_HOUR : heartbeat.longValue(),
                    approvals(json.get("approvals")),
                    Objects.requireNonNullElse(price, PRICE),
                    number("ceilingDollars", cost.get("ceilingDollars")),
                    number("ceilingDollarsPerItem", cost.get("ceilingDollarsPerItem")),
                    texts("destinations", json.get("destinations")),
                    timeout == null ? A_DAY : timeout.longValue(),
                    retries == null ? RETRIES : retries.longValue());
            if (!broken.isEmpty()) {
                throw new DiagnosticException(broken);
            }
            return policy;
        }

        private Map<GateRule, GateRule.Level> levels(Map<?, ?> rules) {
            var levels = new EnumMap<GateRule, GateRule.Level>(GateRule.class);
            rules.forEach((code, word) -> {
                var rule = GateRule.of(String.valueOf(code));
                if (rule.isEmpty()) {
                    broken("knows no rule " + code + " of the gate; they are GAT001 to GAT008 and GAT011 to GAT016");
                    return;
                }
                switch (String.valueOf(word).toLowerCase(Locale.ROOT)) {
                    case "error" -> levels.put(rule.get(), GateRule.Level.ERROR);
                    case "warning" -> levels.put(rule.get(), GateRule.Level.WARNING);
                    case "off" -> levels.put(rule.get(), GateRule.Level.OFF);
                    default -> broken("says " + code + " is \"" + word + "\"; it is error, warning or off");
                }
            });
            return levels;
        }

        private List<Approval> approvals(@Nullable Object value) {
            var approvals = new ArrayList<Approval>();
            if (value != null && !(value instanceof List<?>)) {
                broken("approvals is a list, but was " + Json.typeName(value));
            }
            if (value instanceof List<?> list) {
                for (var each : list) {
                    var approval = object("an approval", each);
                    only("an approval", approval, Set.of("before", "by"));
                    var before = texts("before", approval.get("before"));
                    var by = texts("by", approval.get("by"));
                    if (before.isEmpty() || by.isEmpty()) {
                        broken("an approval names what it is before and what it is by");
                    }
                    approvals.add(new Approval(before, by));
                }
            }
            return approvals;
        }

        private List<String> texts(String name, @Nullable Object value) {
            var texts = new ArrayList<String>();
            if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
                list.forEach(text -> texts.add((String) text));
            } else if (value != null) {
                broken(name + " is a list of patterns, but was " + Json.print(value));
            }
            return texts;
        }

        private @Nullable BigDecimal number(String name, @Nullable Object value) {
            if (value instanceof Number number && new BigDecimal(number.toString()).signum() >= 0) {
                return new BigDecimal(number.toString());
            }
            if (value != null) {
                broken(name + " is a number of 0 or more, but was " + Json.print(value));
            }
            return null;
        }

        private Map<?, ?> object(String name, @Nullable Object value) {
            if (value instanceof Map<?, ?> map) {
                return map;
            }
            if (value != null) {
                broken(name + " is an object, but was " + Json.typeName(value));
            }
            return Map.of();
        }

        private void only(String name, Map<?, ?> object, Set<String> known) {
            object.keySet().stream()
                    .filter(member -> !known.contains(member))
                    .forEach(member -> broken(name + " has a member " + member + "; there are "
                            + known.stream().sorted().toList()));
        }

        private void broken(String message) {
            broken.add(Diagnostic.error(
                    "GAT010", Location.named(source), message, "see baton explain GAT010 for what the file may say"));
        }
    }
}
