package dev.baton.local.ssm;

import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.internal.StoredFile;
import dev.baton.local.internal.StoredJson;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import dev.baton.name.Arn;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Parameter Store: parameters of the standard tier with their versions. There are no `SecureString`s, labels, policies
/// and tags.
///
/// See [PutParameter](https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html).
final class ParameterActions {
    private static final Set<String> TYPES = Set.of("String", "StringList");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+|(/[A-Za-z0-9_.-]+){1,15}");
    private static final Pattern RESERVED = Pattern.compile("/?(aws|ssm)(?![A-Za-z0-9])", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST = 4_096;

    private final Account account;
    private final InstantSource clock;
    private final @Nullable StoredFile file;
    private final Map<String, StoredParameter> parameters = new TreeMap<>();

    /// @param file keeps them over restarts
    ParameterActions(Account account, InstantSource clock, @Nullable StoredFile file) {
        this.account = account;
        this.clock = clock;
        this.file = file;
        if (file != null) {
            file.load(this::load);
        }
    }

    private void load(StoredJson content) {
        content.objects("parameters").stream()
                .map(StoredParameter::of)
                .forEach(parameter -> parameters.put(parameter.name(), parameter));
    }

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("DeleteParameter", this::delete),
                ApiOperation.reading("GetParameter", this::get),
                ApiOperation.reading("GetParameters", this::getSeveral),
                ApiOperation.changing("PutParameter", this::put));
    }

    private String arn(String name) {
        return account.arn("ssm", "parameter/" + (name.startsWith("/") ? name.substring(1) : name));
    }

    /// A name, or an ARN, each perhaps with `:version`.
    private record Asked(String name, @Nullable String version) {
        static Asked of(String text) {
            var given = text;
            if (text.startsWith("arn:")) {
                // arn:partition:ssm:region:account:parameter/path
                var resource = Arn.parse(text).resource().substring("parameter/".length());
                given = resource.contains("/") ? "/" + resource : resource;
            }
            var colon = given.indexOf(':');
            return colon < 0
                    ? new Asked(given, null)
                    : new Asked(given.substring(0, colon), given.substring(colon + 1));
        }
    }

    private synchronized Map<String, @Nullable Object> get(ApiInput input, ApiCall call) {
        var asked = Asked.of(input.require("Name"));
        call.require(arn(asked.name()));
        return JsonAnswer.of("Parameter", json(asked));
    }

    private synchronized Map<String, @Nullable Object> getSeveral(ApiInput input, ApiCall call) {
        var found = new ArrayList<@Nullable Object>();
        var invalid = new ArrayList<@Nullable Object>();
        for (var name : input.texts("Names")) {
            call.require(arn(Asked.of(name).name()));
        }
        for (var name : input.texts("Names")) {
            try {
                found.add(json(Asked.of(name)));
            } catch (AwsError e) {
                invalid.add(name);
            }
        }
        return JsonAnswer.of("InvalidParameters", invalid, "Parameters", found);
    }

    private Map<String, @Nullable Object> json(Asked asked) {
        var parameter = parameters.get(asked.name());
        if (parameter == null) {
            throw SsmErrors.noParameter(asked.name());
        }
        var number = asked.version();
        var version = number == null ? parameter.latest() : parameter.version(number);
        if (version == null) {
            throw SsmErrors.noVersion(asked.name(), String.valueOf(number));
        }
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("ARN", arn(parameter.name()));
        json.put("DataType", "text");
        json.put("LastModifiedDate", JsonAnswer.seconds(version.modifiedAt()));
        json.put("Name", parameter.name());
        if (number != null) {
            json.put("Selector", ":" + number);
        }
        json.put("Type", version.type());
        json.put("Value", version.value());
        json.put("Version", version.number());
        return json;
    }

    /// What a parameter would not have here must not seem to be set.
    private static void checkHonoured(ApiInput input) {
        var type = input.text("DataType");
        if (type != null && !type.equals("text")) {
            throw SsmErrors.notHonoured("DataType " + type + ", but text");
        }
        var tier = input.text("Tier");
        if (tier != null && tier.equals("Advanced")) {
            throw SsmErrors.notHonoured("Tier Advanced, but Standard");
        }
        for (var member : List.of("AllowedPattern", "Policies")) {
            if (input.text(member) != null) {
                throw SsmErrors.notHonoured(member);
            }
        }
    }

    private synchronized Map<String, @Nullable Object> put(ApiInput input, ApiCall call) {
        var name = input.require("Name");
        var overwrite = input.flag("Overwrite");
        var context = RequestContext.builder().put("ssm:Overwrite", overwrite).build();
        call.require(arn(name), context);
        var value = input.require("Value");
        check(name, value);
        checkHonoured(input);
        var before = parameters.get(name);
        if (before != null && !overwrite) {
            throw SsmErrors.alreadyThere();
        }
        var type = type(input, before);
        var now = clock.instant();
        var after = before == null
                ? new StoredParameter(name, List.of(new StoredParameter.Version(1, type, value, now)))
                : before.with(type, value, now);
        parameters.put(name, after);
        return JsonAnswer.of("Tier", "Standard", "Version", after.latest().number());
    }

    private static void check(String name, String value) {
        if (RESERVED.matcher(name).lookingAt()) {
            throw new AwsError(400, "AccessDeniedException", "No access to reserved parameter name: " + name + ".");
        }
        if (!NAME.matcher(name).matches()) {
            throw SsmErrors.validation("Parameter name must be a fully qualified name: letters, digits, '.', '-', '_',"
                    + " and '/' between the parts of a name that begins with it.");
        }
        if (value.length() > LONGEST) {
            throw SsmErrors.validation(
                    "Standard tier parameters support a maximum parameter value of 4096 characters.");
        }
    }

    private static String type(ApiInput input, @Nullable StoredParameter before) {
        var type = input.text("Type");
        if (type == null) {
            if (before == null) {
                throw SsmErrors.validation("A parameter type is required when you create a parameter.");
            }
            return before.latest().type();
        }
        if (!TYPES.contains(type)) {
            throw new AwsError(
                    400, "UnsupportedParameterType", "The embedded AWS keeps no parameters of type " + type + ".");
        }
        return type;
    }

    private synchronized Map<String, @Nullable Object> delete(ApiInput input, ApiCall call) {
        var name = Asked.of(input.require("Name")).name();
        call.require(arn(name));
        if (parameters.remove(name) == null) {
            throw SsmErrors.noParameter(name);
        }
        return Map.of();
    }

    /// Keeps the parameters over restarts.
    synchronized void save() {
        if (file != null) {
            file.write(Map.of(
                    "parameters",
                    parameters.values().stream().map(StoredParameter::toJson).toList()));
        }
    }
}
