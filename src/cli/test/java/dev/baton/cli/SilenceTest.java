package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.RecordComponentVisitor;

/// Records print what they hold, unless they say otherwise: those that hold secrets have to say otherwise.
class SilenceTest {
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(token|secret|password|credential|material|privateKey).*");

    /// Components with such names whose values print no secret, each with the reason.
    private static final Map<String, String> HARMLESS = Map.of(
            "dev.baton.local.service.Pagination.token", "where a list goes on",
            "dev.baton.asl.TaskState.credentials", "the ARN of a role",
            "dev.baton.local.sts.AssumedRole.credentials", "its own type prints no secret",
            "dev.baton.cli.deploy.read.Endpoint$Connection.credentials",
                    "a provider of the SDK, which prints no secret",
            "dev.baton.cli.suite.LogGroups.credentials", "a provider of the SDK, which prints no secret",
            "dev.baton.local.dynamodb.ItemJournal$Entry.token", "what a repeated request is known by",
            "dev.baton.local.sts.FederatedSession.credentials", "its own type prints no secret",
            "dev.baton.compiler.pipeline.CompiledRotation.secret", "the name of a secret",
            "dev.baton.run.Pin.secrets", "the ids of versions by the names of secrets",
            "dev.baton.cdk.Intrinsics$Whole.token", "what the CDK calls a placeholder");

    @Test
    void no_record_prints_a_secret_that_it_holds() throws IOException {
        var records = new ArrayList<String>();
        var loud = new ArrayList<String>();
        for (var root : System.getProperty("java.class.path").split(File.pathSeparator)) {
            var path = Path.of(root);
            if (Files.isDirectory(path)) {
                read(path, records, loud);
            } else if (path.getFileName().toString().startsWith("baton-")) {
                try (var jar = FileSystems.newFileSystem(path)) {
                    read(jar.getPath("/"), records, loud);
                }
            }
        }
        assertThat(records)
                .as("what was looked at")
                .contains("dev.baton.local.caller.AccessKey", "dev.baton.run.Await")
                .hasSizeGreaterThan(200);
        assertThat(loud).isEmpty();
    }

    private static void read(Path root, List<String> records, List<String> loud) throws IOException {
        var own = root.resolve("dev").resolve("baton");
        if (!Files.isDirectory(own)) {
            return;
        }
        try (Stream<Path> files = Files.walk(own)) {
            for (var file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                var type = new Printing();
                new ClassReader(Files.readAllBytes(file)).accept(type, ClassReader.SKIP_DEBUG);
                if (type.record) {
                    records.add(type.name);
                }
                if (type.printsEverything) {
                    type.components.stream()
                            .filter(component -> SECRET.matcher(component).matches())
                            .map(component -> type.name + "." + component)
                            .filter(component -> !HARMLESS.containsKey(component))
                            .forEach(loud::add);
                }
            }
        }
    }

    /// How a class prints itself.
    private static final class Printing extends ClassVisitor {
        private String name = "";
        private boolean record;
        private boolean printsEverything;
        private final List<String> components = new ArrayList<>();

        Printing() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int version, int access, String type, String signature, String superName, String[] interfaces) {
            name = type.replace('/', '.');
            record = superName != null && superName.equals("java/lang/Record");
        }

        @Override
        public RecordComponentVisitor visitRecordComponent(String component, String descriptor, String signature) {
            components.add(component);
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String method, String descriptor, String signature, String[] exceptions) {
            if (!method.equals("toString") || !descriptor.equals("()Ljava/lang/String;")) {
                return null;
            }
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitInvokeDynamicInsn(String called, String type, Handle bootstrap, Object... arguments) {
                    printsEverything |= bootstrap.getOwner().equals("java/lang/runtime/ObjectMethods");
                }
            };
        }
    }
}
