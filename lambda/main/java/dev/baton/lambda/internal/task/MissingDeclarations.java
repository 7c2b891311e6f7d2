package dev.baton.lambda.internal.task;

import dev.baton.lambda.internal.SdkMessages;
import dev.baton.run.BucketNames;
import dev.baton.task.Access;
import dev.baton.task.Task;
import dev.baton.task.Undeclared;
import java.util.IdentityHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// Makes AWS's *AccessDenied* to a task into the declaration that the task lacks.
final class MissingDeclarations {
    private final BucketNames buckets;

    MissingDeclarations(BucketNames buckets) {
        this.buckets = buckets;
    }

    /// The problem itself, or [Undeclared] where it is AWS's refusal of something that nobody declared.
    Exception explain(Exception problem, ResolvedTask work) {
        if (problem instanceof Undeclared) {
            return problem;
        }
        var refusal = refusal(problem);
        if (refusal == null) {
            return problem;
        }
        var undeclared = undeclared(refusal, work);
        undeclared.initCause(problem);
        return undeclared;
    }

    private static @Nullable AwsServiceException refusal(Throwable problem) {
        var seen = new IdentityHashMap<Throwable, Boolean>();
        for (Throwable cause = problem; cause != null && seen.put(cause, true) == null; cause = cause.getCause()) {
            if (cause instanceof AwsServiceException service && isAccessDenied(service)) {
                return service;
            }
        }
        return null;
    }

    /// An explicit deny stands whatever is declared: that one is left as it is.
    private static boolean isAccessDenied(AwsServiceException service) {
        var details = service.awsErrorDetails();
        var code = details == null || details.errorCode() == null ? "" : details.errorCode();
        var message = String.valueOf(service.getMessage());
        return (code.startsWith("AccessDenied") || code.equals("NotAuthorized") || code.equals("UnauthorizedOperation"))
                && !message.contains("explicit deny");
    }

    private Undeclared undeclared(AwsServiceException refusal, ResolvedTask work) {
        var what = Sentence.WHAT.matcher(String.valueOf(refusal.getMessage()));
        var task = work.task();
        var home = task.getClass().getSimpleName();
        if (!what.find()) {
            return new Undeclared(
                    task + " did something that it has not declared (" + SdkMessages.of(refusal) + ")",
                    "add it to uses() of " + home);
        }
        var action = what.group(1);
        var resource = what.group(2) == null ? "*" : what.group(2);
        var said = task + " called " + action + " on " + resource + ", which is AccessDenied to its role";
        var object = Sentence.OBJECT.matcher(resource);
        if (action.startsWith("s3:") && object.matches()) {
            return object(said, action, object, work);
        }
        var table = Sentence.TABLE.matcher(resource);
        if (table.matches() && isDeclaredInParts(table.group(1), action, work.task())) {
            return new Undeclared(
                    said, "add the partition key to Access.items(\"" + table.group(1) + "\", …) in uses() of " + home);
        }
        return new Undeclared(said, "add " + access(action, resource) + " to uses() of " + home);
    }

    /// Whether a task may do this to some items of a table, and so was at others.
    private static boolean isDeclaredInParts(String table, String action, Task task) {
        return task.uses().stream()
                .anyMatch(access -> access instanceof Access.TableItems items
                        && items.table().equals(table)
                        && !items.partitionKeys().isEmpty()
                        && items.operations().stream().anyMatch(operation -> action.equals("dynamodb:" + operation)));
    }

    private Undeclared object(String said, String action, Matcher object, ResolvedTask work) {
        var home = work.task().getClass().getSimpleName();
        var uri = buckets.uri(object.group(1), object.group(2));
        if (uri == null) {
            return new Undeclared(
                    said,
                    "name the bucket " + object.group(1) + " in the environment, then add an Access to" + " uses() of "
                            + home);
        }
        var maker = action.startsWith("s3:GetObject") ? maker(uri, work) : null;
        if (maker != null) {
            return new Undeclared(said, "add " + maker + " to requires() of " + home);
        }
        var prefix = uri.substring(0, uri.lastIndexOf('/') + 1);
        var access = switch (action) {
            case "s3:GetObject", "s3:GetObjectVersion", "s3:HeadObject" -> "Access.read(\"" + prefix + "\")";
            case "s3:ListBucket", "s3:ListBucketVersions" -> "Access.list(\"" + prefix + "\")";
            case "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts" ->
                "Access.write(\"" + prefix + "\")";
            default -> access(action, object.group());
        };
        return new Undeclared(said, "add " + access + " to uses() of " + home);
    }

    /// The task of the same run whose output the object is.
    private static @Nullable Task maker(String uri, ResolvedTask work) {
        return work.instance().graph().nodes().stream()
                .map(work.instance()::task)
                .filter(task -> task.output().uri().equals(uri))
                .findFirst()
                .orElse(null);
    }

    private static String access(String action, String resource) {
        return switch (action) {
            case "secretsmanager:GetSecretValue" ->
                "Access.secret(\"" + resource.replaceFirst("^.*:secret:", "").replaceFirst("-[A-Za-z0-9]{6}$", "")
                        + "\")";
            default ->
                action.startsWith("dynamodb:")
                        ? "Access.items(\"" + resource.replaceFirst("^.*:table/([^/]+).*$", "$1") + "\", List.of(\""
                                + action.substring("dynamodb:".length()) + "\"))"
                        : "Access.actions(List.of(\"" + action + "\"), List.of(\"" + resource + "\"))";
        };
    }

    /// AWS's sentence about a refusal: compiled where somebody is refused, which is seldom.
    private static final class Sentence {
        static final Pattern WHAT = Pattern.compile("perform:? (\\S+)(?: on (?:the )?resource:? \"?([^\"\\s]+)\"?)?");
        static final Pattern TABLE = Pattern.compile("arn:[^:]*:dynamodb:[^/]*:table/([^/]+)(?:/.*)?");
        static final Pattern OBJECT = Pattern.compile("arn:[^:]*:s3:::([^/]+)/?(.*)");
    }
}
