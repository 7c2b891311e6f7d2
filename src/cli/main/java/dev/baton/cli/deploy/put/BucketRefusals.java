package dev.baton.cli.deploy.put;

import dev.baton.cli.deploy.read.EndpointDocuments;
import dev.baton.compiler.pipeline.BucketPolicies.Wanted;
import dev.baton.json.Json;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The refusals in bucket policies, what each pipeline has its buckets refuse: the objects
/// `deployments/<pipeline>.refused` of the state bucket. A bucket has one policy for all, which S3 replaces as a whole
/// and under no condition, so that of two pipelines that are deployed at once the slower would take away what the other
/// has put there. Each therefore says first what it wants, puts what all want, and looks again: whoever put less than
/// what is wanted by then, puts it once more.
final class BucketRefusals {
    private static final String PREFIX = "deployments/";
    private static final String REFUSED = ".refused";

    private final S3Client s3;
    private final String bucket;

    /// @param bucket the state bucket
    BucketRefusals(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /// Finds what is wrong with the policies that buckets would have, before anything is put there.
    ///
    /// @param wanted what the pipeline has them refuse, by bucket
    /// @throws dev.baton.diagnostic.DiagnosticException CMP050 when one is longer than S3 takes
    void check(String pipeline, Map<String, Wanted> wanted) {
        var all = all();
        all.put(pipeline, wanted);
        wanted.keySet().forEach(name -> new PipelineBucket(s3, name).refusing(of(all, name)));
    }

    /// Puts the policies of buckets that are there.
    ///
    /// @param wanted what the pipeline has them refuse, by bucket
    void put(String pipeline, Map<String, Wanted> wanted) {
        var own = new TreeMap<String, @Nullable Object>();
        wanted.forEach((name, each) -> own.put(name, each.toJson()));
        s3.putObject(
                request ->
                        request.bucket(bucket).key(PREFIX + pipeline + REFUSED).contentType("application/json"),
                RequestBody.fromBytes(Json.bytes(own)));
        settle(wanted.keySet());
    }

    /// The pipelines that have ever wanted something.
    Set<String> pipelines() {
        return all().keySet();
    }

    /// Takes back what a pipeline had buckets refuse. It is forgotten when that is done: what breaks off is done again.
    void remove(String pipeline) {
        var others = all();
        var buckets = others.remove(pipeline);
        if (buckets != null) {
            buckets.keySet().forEach(name -> new PipelineBucket(s3, name).refuse(of(others, name)));
            s3.deleteObject(request -> request.bucket(bucket).key(PREFIX + pipeline + REFUSED));
            settle(buckets.keySet());
        }
    }

    private void settle(Set<String> buckets) {
        SortedMap<String, Map<String, Wanted>> wanted;
        do {
            wanted = all();
            for (var name : buckets) {
                new PipelineBucket(s3, name).refuse(of(wanted, name));
            }
        } while (!all().equals(wanted));
    }

    private static SortedMap<String, Wanted> of(Map<String, Map<String, Wanted>> all, String bucket) {
        var wanted = new TreeMap<String, Wanted>();
        all.forEach((pipeline, buckets) -> {
            var own = buckets.get(bucket);
            if (own != null) {
                wanted.put(pipeline, own);
            }
        });
        return wanted;
    }

    /// What all pipelines want, by pipeline and bucket.
    private SortedMap<String, Map<String, Wanted>> all() {
        var all = new TreeMap<String, Map<String, Wanted>>();
        try {
            s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(PREFIX)).contents().stream()
                    .map(S3Object::key)
                    .filter(key -> key.endsWith(REFUSED))
                    .forEach(
                            key -> all.put(key.substring(PREFIX.length(), key.length() - REFUSED.length()), read(key)));
        } catch (NoSuchBucketException e) {
            // Nobody was here before.
        }
        return all;
    }

    private Map<String, Wanted> read(String key) {
        var wanted = new TreeMap<String, Wanted>();
        EndpointDocuments.object(
                        "s3://" + bucket + "/" + key,
                        s3.getObjectAsBytes(request -> request.bucket(bucket).key(key))
                                .asByteArray())
                .forEach((name, each) -> Wanted.of(each).ifPresent(own -> wanted.put(name, own)));
        return wanted;
    }
}
