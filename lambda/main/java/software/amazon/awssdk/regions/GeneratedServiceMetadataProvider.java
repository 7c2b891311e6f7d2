package software.amazon.awssdk.regions;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The regions, endpoints and signing names of AWS's services, each loaded when a client asks for it.
///
/// It stands in the place of the SDK's own class of this name, which the deployed jar leaves out: that one loads the
/// classes of all 307 services for the first client, and a function that starts cold asks for two.
public final class GeneratedServiceMetadataProvider implements ServiceMetadataProvider {
    private static final String PACKAGE = "software.amazon.awssdk.regions.servicemetadata.";

    private final Map<String, Optional<ServiceMetadata>> known = new ConcurrentHashMap<>();

    /// @param service the beginning of the names of its hosts, such as `runtime.sagemaker`
    /// @return null where the SDK knows nothing of it
    @Override
    public ServiceMetadata serviceMetadata(String service) {
        return known.computeIfAbsent(service, GeneratedServiceMetadataProvider::load)
                .orElse(null);
    }

    private static Optional<ServiceMetadata> load(String service) {
        try {
            var type = Class.forName(PACKAGE + className(service));
            return Optional.of((ServiceMetadata) type.getConstructor().newInstance());
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the SDK's metadata of " + service + " cannot be read", e);
        }
    }

    /// As the SDK names its classes: `RuntimeSagemakerServiceMetadata`. S3's has a second one over it.
    private static String className(String service) {
        var name = new StringBuilder(service.equals("s3") ? "Enhanced" : "");
        var begins = true;
        for (var i = 0; i < service.length(); i++) {
            var each = service.charAt(i);
            if (!Character.isLetterOrDigit(each)) {
                begins = true;
                continue;
            }
            name.append(begins ? Character.toUpperCase(each) : each);
            begins = false;
        }
        return name.append("ServiceMetadata").toString();
    }
}
