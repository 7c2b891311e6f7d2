package dev.baton.compiler.environment;

import dev.baton.compiler.internal.finding.CompilerFindings;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Diagnostics;
import dev.baton.diagnostic.Location;
import dev.baton.json.JsonException;
import dev.baton.json.Node;
import dev.baton.name.Arn;
import dev.baton.run.CheckDemand;
import dev.baton.run.Prefix;
import dev.baton.run.RevisionCheck;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the file of environments and finds everything that is wrong with it.
final class EnvironmentReader {
    private static final Pattern TEAM = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,19}");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]");
    private static final Pattern PROFILE = Pattern.compile("\\S.{0,127}");
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html, without the dots that break TLS.
    private static final Pattern BUCKET = Pattern.compile("(?!xn--|sthree-|amzn-s3-demo-)"
            + "[a-z0-9][a-z0-9-]{1,61}[a-z0-9]"
            + "(?<!-s3alias|--ol-s3|--x-s3|--table-s3)");
    private static final Pattern KEY = Pattern.compile("arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+");
    private static final Pattern TOPIC = Pattern.compile("arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}");
    private static final Pattern PROVIDER = Pattern.compile("arn:[a-z-]+:iam::[0-9]{12}:oidc-provider/\\S+");
    private static final Pattern BUS = Pattern.compile("[A-Za-z0-9._-]{1,256}");
    private static final Pattern BUS_ARN =
            Pattern.compile("arn:[a-z-]+:events:[a-z0-9-]+:[0-9]{12}:event-bus/[A-Za-z0-9._-]{1,256}");
    // S3 sends to no FIFO queue:
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
    private static final Pattern NOTIFICATIONS = Pattern.compile(
            "arn:[a-z-]+:(sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,80}|sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256})");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
    private static final Pattern VPC = Pattern.compile("vpc-[0-9a-f]{8,17}");
    private static final Pattern SUBNET = Pattern.compile("subnet-[0-9a-f]{8,17}");
    private static final Pattern SECURITY_GROUP = Pattern.compile("sg-[0-9a-f]{8,17}");
    // A digest, or a tag as registries have them:
    // https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md
    private static final Pattern IMAGE = Pattern.compile("sha256:[0-9a-f]{64}|[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
    private static final Pattern TASK_CLASS = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");
    private static final Pattern HTTPS = Pattern.compile("https://[^\\s/?#]+(/[^\\s?#]*)?");
    private static final Pattern SUBJECT = Pattern.compile("[^\\s*]+(\\*)?");
    private static final Pattern TEXT = Pattern.compile("\\S(.{0,254}\\S)?");
    // The letters that every service takes in tags; aws: and baton: are not for others.
    private static final Pattern TAG = Pattern.compile("(?!aws:|baton:)[A-Za-z0-9_.:/=+@-]{1,128}");
    private static final Pattern TAG_VALUE = Pattern.compile("[A-Za-z0-9_.:/=+@ -]{0,256}");
    // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
    private static final Set<Integer> LOG_DAYS = Set.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653);

    private final String source;
    private final Diagnostics findings = new Diagnostics();

    private EnvironmentReader(String source) {
        this.source = source;
    }

    static Environments read(String source, String text) {
        try {
            return new EnvironmentReader(source).environments(Node.parse(text));
        } catch (JsonException e) {
            throw new DiagnosticException(CompilerFindings.environments(
                    new Location.InText(source, e.line(), e.column(), ""), String.valueOf(e.getMessage())));
        }
    }

    private Environments environments(Node node) {
        var byName = new LinkedHashMap<String, Environment>();
        var file = SettingsReader.of(source, findings, node);
        for (var name : file.names()) {
            var fields = file.object(name);
            if (!NAME.matcher(name).matches()) {
                findings.add(CompilerFindings.environmentValue(
                        file.location(name), "\"" + name + "\"", "at most 20 small letters, digits and hyphens"));
            }
            if (fields != null) {
                var environment = environment(name, fields);
                fields.end();
                if (environment != null) {
                    byName.put(name, environment);
                }
            }
        }
        file.end();
        Neighbours.check(List.copyOf(byName.values()), file::location).forEach(findings::add);
        findings.throwIfErrors();
        return new Environments(source, byName);
    }

    private @Nullable Environment environment(String name, SettingsReader fields) {
        var place = place(fields);
        var prefix = prefix(fields);
        var inAccount = !fields.has("endpoint");
        var state = fields.object("stateBucket");
        if (state == null && inAccount && !fields.has("stateBucket")) {
            fields.missing("stateBucket");
        }
        var stateBucket = state == null ? null : bucket(state);
        var buckets = new TreeMap<String, EnvironmentBucket>();
        var logical = fields.object("buckets");
        if (logical != null) {
            for (var bucket : logical.names()) {
                var real = logical.object(bucket);
                var made = real == null ? null : bucket(real);
                if (made != null) {
                    buckets.put(bucket, made);
                }
            }
            logical.end();
        }
        var eventBus = fields.text("eventBus", BUS, "the name of a bus");
        var completions = completions(fields.object("completions"));
        var retention = retention(fields.object("retention"));
        var concurrency = concurrency(fields.object("concurrency"));
        var key = fields.text("key", KEY, "the ARN of a KMS key");
        var machineKey = machineKey(fields, place);
        var network = network(fields.object("network"));
        var containers = containers(fields.object("containers"));
        var alarms = alarms(fields.object("alarms"));
        var budget = fields.number("monthlyBudget", 1, 100_000_000);
        var rollout = rollout(fields.object("rollout"));
        var snapStart = fields.flag("snapStart");
        var clean = fields.flag("clean");
        var checks = fields.texts("demandedChecks", RevisionCheck.NAME, "the name of a check, such as tests");
        var policies = fields.flag("policies");
        var owner = fields.text("owner", TEAM, "a team: 1 to 64 of A-Z a-z 0-9 _ . -");
        var identities = IdentityReader.read(fields);
        var audit = audit(fields.object("audit"));
        var oidc = oidc(fields.object("oidc"));
        var tags = tags(fields.object("tags"));
        if (place == null) {
            return null;
        }
        if (audit != null && !inAccount) {
            fields.refuse("audit", "CloudTrail is where the account is; elsewhere S3 logs by itself");
        }
        if (budget != null
                && place instanceof Destination.Account account
                && account.partition().equals("aws-us-gov")) {
            fields.refuse(
                    "monthlyBudget", "CloudFormation makes no budgets in GovCloud, whose costs another account pays");
        }
        return new Environment(
                name,
                prefix,
                place,
                stateBucket == null ? new EnvironmentBucket(prefix.stateBucket(), false, null) : stateBucket,
                buckets,
                key,
                machineKey,
                eventBus == null ? "default" : eventBus,
                completions,
                network,
                containers,
                alarms,
                budget,
                concurrency,
                retention,
                rollout,
                !Boolean.FALSE.equals(snapStart),
                Boolean.TRUE.equals(clean),
                new CheckDemand(checks.stream().distinct().toList()),
                Boolean.TRUE.equals(policies),
                owner,
                identities,
                audit,
                oidc,
                tags);
    }

    /// Step Functions takes no key of another Region, and an endpoint makes its keys itself, under new names each time.
    private static @Nullable MachineKey machineKey(SettingsReader fields, @Nullable Destination place) {
        var arn = fields.trueOrText("stateMachineKey", KEY, "true, or the ARN of a KMS key");
        if (arn == null || arn.isEmpty()) {
            return arn == null ? null : new MachineKey(null);
        }
        if (place instanceof Destination.Account account) {
            var parts = Arn.parse(arn);
            if (!parts.region().equals(account.region()) || !parts.partition().equals(account.partition())) {
                fields.add(CompilerFindings.machineKey(
                        fields.location("stateMachineKey"),
                        arn,
                        "the environment is in " + account.region() + ", and Step Functions takes keys of its own"
                                + " Region only"));
            }
        } else if (place != null) {
            fields.add(CompilerFindings.machineKey(
                    fields.location("stateMachineKey"), arn, "an endpoint has no keys but those that are made there"));
        }
        return new MachineKey(arn);
    }

    private Prefix prefix(SettingsReader fields) {
        var word = fields.text("prefix", Pattern.compile("(?s).*"), "a word of small letters and digits");
        if (word == null) {
            return Prefix.BATON;
        }
        if (!Prefix.isOne(word)) {
            findings.add(CompilerFindings.prefix(fields.location("prefix"), word));
            return Prefix.BATON;
        }
        return new Prefix(word);
    }

    private static @Nullable Destination place(SettingsReader fields) {
        var endpoint = fields.text("endpoint", Pattern.compile("embedded|https?://\\S+"), "embedded, or http://…");
        var account = fields.text("account", ACCOUNT, "12 digits");
        var region = fields.text("region", REGION, "the name of a Region, such as eu-central-1");
        var profile = fields.text("profile", PROFILE, "the name of a profile");
        if (fields.has("endpoint")) {
            if (endpoint == null) {
                return null;
            }
            if (endpoint.equals("embedded")) {
                for (var other : List.of("account", "region", "profile")) {
                    if (fields.has(other)) {
                        fields.refuse(other, "the embedded AWS says itself where it is");
                    }
                }
                return new Destination.Embedded();
            }
            if (fields.has("profile")) {
                fields.refuse("profile", "an endpoint takes the credentials of the environment variables");
            }
            return new Destination.Endpoint(
                    URI.create(endpoint),
                    account == null ? "000000000000" : account,
                    region == null ? "us-east-1" : region);
        }
        fields.require("account");
        fields.require("region");
        return account == null || region == null ? null : new Destination.Account(account, region, profile);
    }

    private static @Nullable EnvironmentBucket bucket(SettingsReader fields) {
        fields.require("name");
        var name = fields.text(
                "name",
                BUCKET,
                "a bucket's name of 3 to 63 small letters, digits and"
                        + " hyphens, without the beginnings and endings that S3 keeps for itself (xn--, sthree-, amzn-s3-demo-,"
                        + " -s3alias, --ol-s3, --x-s3, --table-s3)");
        var imported = fields.flag("imported");
        var key = fields.text("key", KEY, "the ARN of a KMS key");
        var notifications =
                fields.text("notifications", NOTIFICATIONS, "the ARN of an SQS queue, not FIFO, or of an SNS topic");
        if (notifications != null && !Boolean.TRUE.equals(imported)) {
            fields.refuse("notifications", "a bucket that Baton makes tells EventBridge; only an imported one may not");
        }
        fields.end();
        return name == null ? null : new EnvironmentBucket(name, Boolean.TRUE.equals(imported), key, notifications);
    }

    private static Completions completions(@Nullable SettingsReader fields) {
        if (fields == null) {
            return Completions.HERE;
        }
        var to = fields.has("to") ? fields.texts("to", BUS_ARN, "arn:…:events:…:event-bus/…") : List.<String>of();
        var from = fields.has("from") ? fields.texts("from", ACCOUNT, "12 digits") : List.<String>of();
        fields.end();
        return new Completions(to, from);
    }

    private static @Nullable Network network(@Nullable SettingsReader fields) {
        if (fields == null) {
            return null;
        }
        fields.require("vpc");
        fields.require("subnets");
        fields.require("securityGroups");
        var vpc = fields.text("vpc", VPC, "vpc-…");
        var subnets = fields.texts("subnets", SUBNET, "subnet-…");
        var groups = fields.texts("securityGroups", SECURITY_GROUP, "sg-…");
        fields.end();
        return vpc == null ? null : new Network(vpc, subnets, groups);
    }

    private static @Nullable ContainerSettings containers(@Nullable SettingsReader fields) {
        if (fields == null) {
            return null;
        }
        fields.require("vpc");
        fields.require("subnets");
        var vpc = fields.text("vpc", VPC, "vpc-…");
        var subnets = fields.texts("subnets", SUBNET, "subnet-…");
        var groups = fields.texts("securityGroups", SECURITY_GROUP, "sg-…");
        var publicIp = fields.flag("publicIp");
        var image = fields.text("image", IMAGE, "a tag, or a digest: sha256: and 64 hexadecimal digits");
        fields.end();
        // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html
        if (subnets.size() > 16) {
            fields.refuse("subnets", "ECS takes 16 at most");
        }
        if (groups.size() > 5) {
            fields.refuse("securityGroups", "ECS takes 5 at most");
        }
        return vpc == null ? null : new ContainerSettings(vpc, subnets, groups, Boolean.TRUE.equals(publicIp), image);
    }

    private static @Nullable Alarms alarms(@Nullable SettingsReader fields) {
        if (fields == null) {
            return null;
        }
        var email = fields.text("email", EMAIL, "a mail address");
        var topic = fields.text("topic", TOPIC, "the ARN of an SNS topic");
        if (fields.has("email") && fields.has("topic")) {
            fields.refuse("topic", "one of email and topic is enough");
        } else if (!fields.has("email")) {
            fields.require("topic");
        }
        fields.end();
        return new Alarms(email, topic);
    }

    private static Concurrency concurrency(@Nullable SettingsReader fields) {
        if (fields == null) {
            return Concurrency.FREE;
        }
        var caps = new Concurrency(
                fields.number("task", 1, 10_000),
                fields.number("start", 1, 10_000),
                fields.number("pin", 1, 10_000),
                fields.number("callback", 1, 10_000),
                byClass(fields.object("tasks")),
                byClass(fields.object("maps")));
        fields.end();
        return caps;
    }

    private static SortedMap<String, Integer> byClass(@Nullable SettingsReader fields) {
        var caps = new TreeMap<String, Integer>();
        if (fields != null) {
            for (var name : fields.names()) {
                if (!TASK_CLASS.matcher(name).matches()) {
                    fields.refuse(name, "a task class has a simple name, such as CleanObservations");
                }
                var most = fields.number(name, 1, 10_000);
                if (most != null) {
                    caps.put(name, most);
                }
            }
            fields.end();
        }
        return caps;
    }

    private static Retention retention(@Nullable SettingsReader fields) {
        if (fields == null) {
            return Retention.DEFAULT;
        }
        var logDays = fields.number("logDays", 1, 3653);
        if (logDays != null && !LOG_DAYS.contains(logDays)) {
            fields.refuse(
                    "logDays",
                    "CloudWatch Logs takes " + LOG_DAYS.stream().sorted().toList());
        }
        var runDays = fields.number("runDays", 91, 3650);
        var oldVersionDays = fields.number("oldVersionDays", 91, 3650);
        var buckets = fields.flag("buckets");
        fields.end();
        var usual = Retention.DEFAULT;
        return new Retention(
                logDays == null ? usual.logDays() : logDays,
                runDays == null ? usual.runDays() : runDays,
                oldVersionDays == null ? usual.oldVersionDays() : oldVersionDays,
                buckets == null ? usual.buckets() : buckets);
    }

    private static @Nullable Rollout rollout(@Nullable SettingsReader fields) {
        if (fields == null) {
            return null;
        }
        fields.require("strategy");
        fields.require("percent");
        fields.require("minutes");
        var strategy = fields.text("strategy", Pattern.compile("CANARY|LINEAR"), "CANARY or LINEAR");
        var percent = fields.number("percent", 1, 99);
        var minutes = fields.number("minutes", 1, 2100);
        fields.end();
        return strategy == null || percent == null || minutes == null
                ? null
                : new Rollout(Rollout.Strategy.valueOf(strategy), percent, minutes);
    }

    private static @Nullable AuditTrail audit(@Nullable SettingsReader fields) {
        if (fields == null) {
            return null;
        }
        fields.require("bucket");
        var bucket = fields.text("bucket", BUCKET, "a bucket's name of 3 to 63 small letters, digits and hyphens");
        var days = fields.number("retainDays", 1, 36_500);
        fields.end();
        return bucket == null ? null : new AuditTrail(bucket, days == null ? AuditTrail.USUAL_DAYS : days);
    }

    private static @Nullable Oidc oidc(@Nullable SettingsReader fields) {
        if (fields == null) {
            return null;
        }
        fields.require("issuer");
        fields.require("audience");
        fields.require("subjects");
        var issuer = fields.text("issuer", HTTPS, "https://… without a query");
        var audience = fields.text("audience", TEXT, "1 to 256 characters");
        var subjects = fields.texts(
                "subjects", SUBJECT, "a subject without blanks, in which a star may stand at the end only");
        var provider = fields.text("provider", PROVIDER, "the ARN of an OIDC provider");
        fields.end();
        return issuer == null || audience == null ? null : new Oidc(issuer, audience, subjects, provider);
    }

    private static SortedMap<String, String> tags(@Nullable SettingsReader fields) {
        var tags = new TreeMap<String, String>();
        if (fields != null) {
            for (var name : fields.names()) {
                if (!TAG.matcher(name).matches()) {
                    fields.refuse(
                            name,
                            "the name of a tag has letters, digits and _.:/=+@- and begins with neither aws:"
                                    + " nor baton:");
                }
                var value = fields.text(name, TAG_VALUE, "at most 256 letters, digits, blanks and _.:/=+@-");
                if (value != null) {
                    tags.put(name, value);
                }
            }
            fields.end();
        }
        return tags;
    }
}
