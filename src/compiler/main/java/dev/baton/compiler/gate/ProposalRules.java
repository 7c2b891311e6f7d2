package dev.baton.compiler.gate;

import dev.baton.asl.StateType;
import dev.baton.asl.text.GraphText;
import dev.baton.asl.text.StateText;
import dev.baton.json.Node;
import dev.baton.json.Node.ArrayNode;
import dev.baton.json.Node.ObjectNode;
import dev.baton.json.Node.ScalarNode;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The rules for definitions that somebody proposes who is not trusted to know better: where data may go, what may be
/// called, how failures are told.
final class ProposalRules {
    /// How a rule tells of what breaks it.
    interface Report {
        void of(GateRule rule, StateText state, String at, String message, String remedy);
    }

    private static final String PLACEHOLDER = "\\$\\{[^}]*}";
    private static final List<String> OF_TASKS = List.of("Arguments", "Parameters", "Credentials");
    private static final List<String> OF_MAPS = List.of("ItemReader", "ResultWriter");
    private static final List<GateRule> RULES = List.of(
            GateRule.DESTINATION,
            GateRule.RIGHTS,
            GateRule.SWALLOWED,
            GateRule.BOUNDS,
            GateRule.SECRET,
            GateRule.LOOKALIKE);
    /// Fields that name where something is done or put.
    private static final Pattern PLACE_FIELD = Pattern.compile(
            "(?i)(.*(arn|url|uri|bucket|endpoint|functionname|tablename|eventbusname|streamname|queuename|topicname"
                    + "|copysource|statemachine|secretid|connection|cluster|jobqueue|jobdefinition|taskdefinition"
                    + "|projectname|documentname|keyid|destination|targets?))");
    /// Texts that are a place wherever they stand.
    private static final Pattern PLACE_TEXT = Pattern.compile("(?is)(arn:|s3:/|https?:/).*");
    /// Fields whose content is for whoever is called.
    private static final Set<String> CONTENT = Set.of("Payload", "Input", "Message", "MessageBody", "Detail", "Body");
    private static final Pattern SDK = Pattern.compile("arn:[^:]+:states:[^:]*:[^:]*:(?:aws-sdk:)?([^:]+):([^:.]+).*");
    /// Services whose every change is one of who may do what.
    private static final Set<String> IDENTITY = Set.of(
            "iam", "sts", "organizations", "ssoadmin", "sso", "identitystore", "account", "ram", "accessanalyzer");
    private static final Pattern GIVES_RIGHTS = Pattern.compile("(?i)(put|set|add|attach|create|update|delete|remove"
            + "|detach|modify|authorize|revoke|retire|disable|share).*(policy|policies|permission|permissions|grant|acl"
            + "|accessblock|accesspoint|ingress|egress|ownershipcontrols|attribute|attributes|launchpermission)");
    /// What changes code, lets go on what waits, hands out secrets, or ends what is recorded.
    private static final Pattern DANGEROUS = Pattern.compile("(?i)(lambda:(updatefunction|createfunction|publish|create"
            + "eventsourcemapping).*|sfn:(update|create|delete|sendtask).*|states:(sendtask).*|secretsmanager:(getsecret"
            + "|batchgetsecret|updatesecret|putsecret).*|ssm:(getparameter|sendcommand|putparameter).*|kms:(decrypt|create"
            + "grant|scheduledkeydeletion|schedulekeydeletion|disablekey).*|cloudtrail:(stop|delete|update).*"
            + "|logs:(delete|putsubscription).*|events:(putrule|puttargets|removetargets|deleterule|disablerule).*"
            + "|eventbridge:(putrule|puttargets|removetargets|deleterule|disablerule).*|cloudformation:.*|s3:(putbucket"
            + "replication|putbucketnotification|putbucketlogging|putbucketversioning|deletebucket).*)");
    private static final List<Pattern> SECRETS = List.of(
            Pattern.compile("\\b(AKIA|ASIA)[A-Z0-9]{16}\\b"),
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----"),
            Pattern.compile("\\bgh[pousr]_[A-Za-z0-9]{30,}"),
            Pattern.compile("\\bxox[abprs]-[A-Za-z0-9-]{10,}"),
            Pattern.compile("\\beyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\."),
            Pattern.compile("(?i)\\b(bearer|basic) [A-Za-z0-9+/=._-]{16,}"),
            Pattern.compile("(?i)https?://[^/\\s:@]+:[^/\\s:@]+@"));
    private static final Pattern SECRET_FIELD = Pattern.compile(
            "(?i).*(password|passwd|secretaccesskey|secretkey|sessiontoken|apikey|api_key|x-api-key|privatekey"
                    + "|authorization|clientsecret|accesstoken)(\\.\\$)?");

    private final GatePolicy policy;
    private final Report report;
    private final Set<String> exact;
    private final List<Pattern> patterns;

    ProposalRules(GatePolicy policy, Report report) {
        this.policy = policy;
        this.report = report;
        this.exact = Set.copyOf(policy.destinations());
        this.patterns = exact.stream()
                .filter(ProposalRules::isPattern)
                .map(ProposalRules::pattern)
                .toList();
    }

    void check(GraphText machine) {
        if (RULES.stream().allMatch(rule -> policy.level(rule) == GateRule.Level.OFF)) {
            return;
        }
        for (var state : machine.allStates()) {
            names(state);
            secrets(state);
            if (Gate.isTask(state) || state.type() == StateType.MAP) {
                places(state);
            }
            if (Gate.isTask(state)) {
                rights(state);
                bounds(state);
                approval(state);
            }
            retries(state);
        }
        swallowed(machine);
        machine.allStates().forEach(state -> state.graphs().forEach(this::swallowed));
    }

    private void places(StateText state) {
        var resource = state.text("Resource");
        if (Gate.isTask(state) && !isDeclared(resource)) {
            report.of(
                    GateRule.DESTINATION,
                    state,
                    "/Resource",
                    state.name() + " uses " + resource + ", which nothing that is here uses",
                    declare());
        }
        for (var field : Gate.isTask(state) ? OF_TASKS : OF_MAPS) {
            if (state.fields().get(field) instanceof ObjectNode object) {
                places(state, "/" + field, field, object);
            }
        }
    }

    private static String declare() {
        return "have a person declare it under destinations in statemachines/gate.json";
    }

    private void places(StateText state, String at, String name, Node node) {
        switch (node) {
            case ObjectNode object ->
                object.members().forEach(member -> {
                    if (!CONTENT.contains(member.name().replace(".$", ""))) {
                        places(state, at, member.name(), member.node());
                    }
                });
            case ArrayNode array -> array.elements().forEach(element -> places(state, at, name, element));
            case ScalarNode scalar -> {
                if (scalar.value() instanceof String text) {
                    place(state, at, name, text);
                }
            }
        }
    }

    private void place(StateText state, String at, String name, String text) {
        var named = PLACE_FIELD.matcher(name.replace(".$", "")).matches();
        if (named && (name.endsWith(".$") || Gate.isComputed(text))) {
            report.of(
                    GateRule.DESTINATION,
                    state,
                    at,
                    state.name() + " takes " + name.replace(".$", "")
                            + " from its input: anyone who starts an execution chooses where data goes",
                    "write it into the definition");
        } else if ((named || PLACE_TEXT.matcher(text).matches()) && !text.isBlank() && !isDeclared(text)) {
            report.of(
                    GateRule.DESTINATION,
                    state,
                    at,
                    state.name() + " reaches " + text + ", which nobody declared",
                    declare());
        }
    }

    private boolean isDeclared(String text) {
        return exact.contains(text)
                || patterns.stream().anyMatch(pattern -> pattern.matcher(text).matches());
    }

    private static boolean isPattern(String text) {
        return text.contains("*") || text.contains("?");
    }

    private static Pattern pattern(String text) {
        var regex = new StringBuilder();
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private void rights(StateText state) {
        var called = SDK.matcher(state.text("Resource").replaceAll(PLACEHOLDER, "x"));
        if (!called.matches()) {
            return;
        }
        var call = called.group(1) + ":" + called.group(2);
        var gives = IDENTITY.contains(called.group(1).toLowerCase(java.util.Locale.ROOT))
                || GIVES_RIGHTS.matcher(called.group(2)).matches();
        if (gives || DANGEROUS.matcher(call).matches()) {
            report.of(
                    GateRule.RIGHTS,
                    state,
                    "/Resource",
                    state.name() + " calls " + call + ", which "
                            + (gives ? "changes who may do what" : "reaches code, secrets, records or what waits"),
                    "have a person do that, outside of state machines");
        }
    }

    private void bounds(StateText state) {
        var fields = state.fields();
        var timeout = fields.get("TimeoutSeconds");
        var computed = fields.has("TimeoutSecondsPath")
                || (timeout instanceof ScalarNode scalar && scalar.value() instanceof String);
        if (computed) {
            report.of(
                    GateRule.BOUNDS,
                    state,
                    fields.has("TimeoutSecondsPath") ? "/TimeoutSecondsPath" : "/TimeoutSeconds",
                    state.name() + " takes its timeout from its input",
                    "write TimeoutSeconds into the definition");
        } else if (number(timeout) > policy.timeoutBeyondSeconds()) {
            report.of(
                    GateRule.BOUNDS,
                    state,
                    "/TimeoutSeconds",
                    state.name() + " may take " + number(timeout) + " seconds, more than "
                            + policy.timeoutBeyondSeconds(),
                    "give it a shorter TimeoutSeconds, or have a person raise timeoutBeyondSeconds in the policy file");
        }
    }

    private void retries(StateText state) {
        var attempts = 0L;
        if (state.fields().get("Retry") instanceof ArrayNode retriers) {
            for (var retrier : retriers.elements()) {
                if (retrier instanceof ObjectNode object) {
                    attempts += object.has("MaxAttempts") ? number(object.get("MaxAttempts")) : 3;
                }
            }
        }
        if (attempts > policy.retriesBeyond()) {
            report.of(
                    GateRule.BOUNDS,
                    state,
                    "/Retry",
                    state.name() + " is tried again up to " + attempts + " times, more than " + policy.retriesBeyond(),
                    "retry less, or have a person raise retriesBeyond in the policy file");
        }
    }

    private static long number(@Nullable Node node) {
        return node instanceof ScalarNode scalar && scalar.value() instanceof Number number ? number.longValue() : 0;
    }

    /// What is called to approve has to be waited for.
    private void approval(StateText state) {
        for (var approval : policy.approvals()) {
            if (Approvals.isBy(state, approval)
                    && !state.text("Resource").endsWith(".waitForTaskToken")
                    && !state.text("Resource").contains(":activity:")
                    && !state.text("Resource").contains(".sync")) {
                report.of(
                        GateRule.APPROVAL,
                        state,
                        "/Resource",
                        state.name() + " asks for an approval and does not wait for it",
                        "wait for it: a resource that ends in .waitForTaskToken");
                return;
            }
        }
    }

    /// A catcher from which an execution ends well without anything that was done about the failure.
    private void swallowed(GraphText machine) {
        for (var state : machine.states().values()) {
            for (var target : state.targets()) {
                if (target.way() == StateText.Way.CATCH && endsWell(machine, target.state())) {
                    report.of(
                            GateRule.SWALLOWED,
                            state,
                            "/Catch",
                            "a failure of " + state.name() + " is caught and the execution succeeds all the same, by "
                                    + target.state(),
                            "lead the catcher to a Fail state, or to a task that tells somebody");
                }
            }
        }
    }

    private static boolean endsWell(GraphText machine, String first) {
        var open = new ArrayDeque<>(List.of(first));
        Set<String> seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            var state = machine.states().get(open.remove());
            if (state == null || state.type() == StateType.TASK || state.type() == StateType.FAIL) {
                continue;
            }
            if (state.ends()) {
                return true;
            }
            state.targets().stream()
                    .map(StateText.Target::state)
                    .filter(seen::add)
                    .forEach(open::add);
        }
        return false;
    }

    private void secrets(StateText state) {
        var found = secret("", state.node());
        if (found != null) {
            report.of(
                    GateRule.SECRET,
                    state,
                    "",
                    state.name() + " holds or passes what looks like a credential, in " + found
                            + ": whoever reads definitions or histories reads it",
                    "name a secret or a connection, and let who needs it read it");
        }
    }

    private static @Nullable String secret(String name, Node node) {
        return switch (node) {
            case ObjectNode object -> {
                for (var member : object.members()) {
                    if (GRAPHS.contains(member.name())) {
                        continue;
                    }
                    var found = secret(member.name(), member.node());
                    if (found != null) {
                        yield found;
                    }
                }
                yield null;
            }
            case ArrayNode array -> {
                for (var element : array.elements()) {
                    var found = secret(name, element);
                    if (found != null) {
                        yield found;
                    }
                }
                yield null;
            }
            case ScalarNode scalar ->
                scalar.value() instanceof String text
                                && ((SECRET_FIELD.matcher(name).matches() && !text.isBlank())
                                        || SECRETS.stream()
                                                .anyMatch(pattern ->
                                                        pattern.matcher(text).find()))
                        ? name
                        : null;
        };
    }

    /// Fields with states of their own, which are looked at by themselves.
    private static final Set<String> GRAPHS = Set.of("Branches", "Iterator", "ItemProcessor");

    private void names(StateText state) {
        var problem = LookalikeNames.problem(state.name());
        if (problem != null) {
            report.of(
                    GateRule.LOOKALIKE,
                    state,
                    "",
                    "the name " + LookalikeNames.shown(state.name()) + " " + problem,
                    "write it in the letters of one alphabet, as they are seen");
        }
        var inside = lookalike(state.node());
        if (inside != null) {
            report.of(
                    GateRule.LOOKALIKE,
                    state,
                    "",
                    state.name() + " has the text " + LookalikeNames.shown(inside) + ", which is not what is seen",
                    "write it in the letters of one alphabet, as they are seen");
        }
    }

    /// A text in which something is hidden: anywhere invisible characters, in ARNs other letters too.
    private static @Nullable String lookalike(Node node) {
        return switch (node) {
            case ObjectNode object -> {
                for (var member : object.members()) {
                    if (GRAPHS.contains(member.name())) {
                        continue;
                    }
                    var found =
                            LookalikeNames.problem(member.name()) == null ? lookalike(member.node()) : member.name();
                    if (found != null) {
                        yield found;
                    }
                }
                yield null;
            }
            case ArrayNode array -> {
                for (var element : array.elements()) {
                    var found = lookalike(element);
                    if (found != null) {
                        yield found;
                    }
                }
                yield null;
            }
            case ScalarNode scalar ->
                scalar.value() instanceof String text
                                && (LookalikeNames.isHiding(text)
                                        || (PLACE_TEXT.matcher(text).matches()
                                                && text.chars().anyMatch(c -> c > 0x7e)))
                        ? text
                        : null;
        };
    }
}
