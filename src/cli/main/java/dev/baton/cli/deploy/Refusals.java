package dev.baton.cli.deploy;

import dev.baton.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// What each pipeline has its buckets refuse: the objects `deployments/<pipeline>.refused` of the state bucket. A bucket
/// has one policy for all, which S3 replaces as a whole and under no condition, so that of two pipelines that are deployed
/// at once the slower would take away what the other has put there. Each therefore says first what it wants, puts what
/// all want, and looks again: whoever put less than what is wanted by then, puts it once more.
final class Refusals {
    private static final String PREFIX = "deployments/";
    private static final String REFUSED = ".refused";

    private final S3Client s3;
    private final String bucket;

    /// @param bucket the state bucket
    Refusals(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /// Puts the policies of buckets that are there.
    ///
    /// @param roles the path of the pipeline's roles, such as `/baton/weather/`
    /// @param policies what the pipeline refuses, by bucket
    void put(String pipeline, String roles, Map<String, Map<String, @Nullable Object>> policies) {
        var own = PREFIX + pipeline + REFUSED;
        s3.putObject(
                request -> request.bucket(bucket).key(own).contentType("application/json"),
                RequestBody.fromBytes(Json.bytes(new TreeMap<String, @Nullable Object>(policies))));
        Map<String, Map<String, @Nullable Object>> wanted;
        do {
            wanted = all();
            var others = new LinkedHashMap<>(wanted);
            others.remove(own);
            policies.forEach((name, policy) -> new PipelineBucket(s3, name)
                    .refuse(
                            roles,
                            others.values().stream()
                                    .flatMap(each -> PipelineBucket.object(each.get(name)).stream())
                                    .toList(),
                            policy));
        } while (!all().equals(wanted));
    }

    /// What all pipelines want, by the object that says so.
    private Map<String, Map<String, @Nullable Object>> all() {
        var all = new TreeMap<String, Map<String, @Nullable Object>>();
        s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(PREFIX)).contents().stream()
                .map(S3Object::key)
                .filter(key -> key.endsWith(REFUSED))
                .forEach(key -> all.put(
                        key,
                        Documents.object(
                                "s3://" + bucket + "/" + key,
                                s3.getObjectAsBytes(request -> request.bucket(bucket).key(key))
                                        .asByteArray())));
        return all;
    }
}
