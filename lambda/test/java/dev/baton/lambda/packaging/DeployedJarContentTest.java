package dev.baton.lambda.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.regions.ServiceMetadataProvider;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/// What the deployed jar has in place of the SDK's classes, against those.
class DeployedJarContentTest {
    private static final String PROVIDER = "software.amazon.awssdk.regions.GeneratedServiceMetadataProvider";
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    private final Rewritten rewritten = new Rewritten();

    @Test
    void the_same_services_are_known() throws Exception {
        var original = Class.forName(PROVIDER);
        var table = original.getDeclaredField("SERVICE_METADATA");
        table.setAccessible(true);
        var known = (Map<?, ?>) table.get(null);

        var onDemand = (ServiceMetadataProvider)
                rewritten.loadClass(PROVIDER).getConstructor().newInstance();

        assertThat(known).hasSizeGreaterThan(200);
        known.forEach((name, metadata) -> assertThat(onDemand.serviceMetadata((String) name))
                .as("%s", name)
                .isNotNull()
                .extracting(ServiceMetadata::getClass)
                .isEqualTo(metadata.getClass()));
        assertThat(onDemand.serviceMetadata("no-such-service")).isNull();
        assertThat(onDemand.serviceMetadata(null)).isNull();
    }

    @Test
    void every_member_of_requests_and_responses_is_set_and_read_as_before() throws Exception {
        var compared = 0;
        for (var entry : models()) {
            if (rewritten.made(entry).size() > 1) {
                compare(entry.substring(0, entry.length() - ".class".length()).replace('/', '.'));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(40);
    }

    @Test
    void no_reference_is_left_to_be_made_when_a_task_runs() throws IOException {
        for (var model : List.of("PutObjectRequest", "PutObjectResponse", "GetObjectRequest", "GetObjectResponse",
                "HeadObjectRequest", "HeadObjectResponse", "ListObjectsV2Request", "ListObjectsV2Response")) {
            var made = rewritten.made("software/amazon/awssdk/services/s3/model/" + model + ".class");
            assertThat(made).as(model).hasSize(2);
            made.forEach((name, content) -> assertThat(references(content)).as(name).isLessThan(12));
        }
    }

    @Test
    void made_twice_it_is_the_same() throws IOException {
        for (var entry : List.of(
                "software/amazon/awssdk/services/s3/model/PutObjectRequest.class", ServicesOnDemand.ENTRY)) {
            var once = rewritten.made(entry);
            once.forEach((name, content) ->
                    assertThat(DeployedJar.made(name, content)).containsOnlyKeys(name).containsValue(content));
        }
    }

    private void compare(String name) throws Exception {
        var before = members(Class.forName(name));
        var after = members(rewritten.loadClass(name));

        assertThat(rewritten.loadClass(name).getClassLoader()).isSameAs(rewritten);
        assertThat(after).as(name).isEqualTo(before).isNotEmpty();
        assertThat(after.values()).as(name).anyMatch(value -> !value.equals("null"));
    }

    /// What every member reads after each was set to something of its own.
    private static Map<String, String> members(Class<?> model) throws Exception {
        var factory = model.getMethod("builder");
        factory.setAccessible(true);
        var builder = (SdkPojo) factory.invoke(null);
        for (var field : builder.sdkFields()) {
            field.set(builder, sample(field));
        }
        var built = (SdkPojo) ((SdkBuilder<?, ?>) builder).build();
        var members = new HashMap<String, String>();
        for (var field : built.sdkFields()) {
            members.put(field.memberName(), String.valueOf(field.getValueOrDefault(built)));
        }
        return members;
    }

    private static Object sample(SdkField<?> field) {
        return switch (field.marshallingType().getTargetClass().getSimpleName()) {
            case "String" -> "the " + field.memberName();
            case "Integer" -> field.memberName().hashCode();
            case "Long" -> (long) field.memberName().hashCode();
            case "Boolean" -> field.memberName().hashCode() % 2 == 0;
            case "Instant" -> TIME.plusSeconds(field.memberName().hashCode() & 0xffff);
            case "List" -> List.of();
            case "Map" -> Map.of();
            default -> null;
        };
    }

    private static int references(byte[] content) {
        var found = new ArrayList<String>();
        new ClassReader(content)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] thrown) {
                                return new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitInvokeDynamicInsn(
                                            String called, String shape, Handle bootstrap, Object... arguments) {
                                        found.add(called + shape);
                                    }
                                };
                            }
                        },
                        ClassReader.SKIP_DEBUG);
        return found.size();
    }

    private static List<String> models() throws IOException {
        var all = new ArrayList<String>();
        for (var one : List.<Class<?>>of(PutObjectRequest.class, AssumeRoleRequest.class)) {
            var connection = (JarURLConnection)
                    one.getResource(one.getSimpleName() + ".class").openConnection();
            for (var entry : connection.getJarFile().stream().toList()) {
                if (MemberReferences.concerns(entry.getName())) {
                    all.add(entry.getName());
                }
            }
        }
        return all;
    }

    /// Has the classes that the deployed jar has in place of the SDK's.
    private static final class Rewritten extends ClassLoader {
        private final Map<String, byte[]> made = new HashMap<>();

        Rewritten() {
            super(DeployedJarContentTest.class.getClassLoader());
        }

        Map<String, byte[]> made(String entry) throws IOException {
            try (InputStream in = getParent().getResourceAsStream(entry)) {
                return DeployedJar.made(entry, in.readAllBytes());
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                var known = findLoadedClass(name);
                if (known != null) {
                    return known;
                }
                var entry = name.replace('.', '/') + ".class";
                if (!made.containsKey(entry)) {
                    if (!name.equals(PROVIDER) && !name.startsWith("software.amazon.awssdk.services.")) {
                        return super.loadClass(name, resolve);
                    }
                    try {
                        made.putAll(made(entry));
                    } catch (IOException e) {
                        throw new ClassNotFoundException(name, e);
                    }
                }
                var content = made.get(entry);
                return defineClass(name, content, 0, content.length);
            }
        }
    }
}
