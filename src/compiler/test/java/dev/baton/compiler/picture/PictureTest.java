package dev.baton.compiler.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.asl.StateMachine;
import dev.baton.compiler.picture.Drawing.Box;
import dev.baton.compiler.pipeline.Parallelism;
import dev.baton.compiler.workload.CompiledWorkload;
import dev.baton.compiler.workload.Workload;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class PictureTest {

    @Test
    void a_picture_is_well_formed_names_every_task_and_knows_light_and_dark() throws Exception {
        var machine = machine(40);
        var svg = Picture.svg(machine, "Shops & <more>");
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("Shops & <more>");
        assertThat(svg).contains("@media (prefers-color-scheme: dark)");
        for (var task = 0; task < 40; task++) {
            assertThat(svg).contains(">task " + task + "</text>");
        }
    }

    @Test
    void equal_machines_give_equal_pictures() {
        assertThat(Picture.svg(machine(60))).isEqualTo(Picture.svg(machine(60)));
    }

    @Test
    void of_three_hundred_states_no_two_lie_on_each_other_but_inside() {
        var boxes = new Layout(machine(300)).drawing().boxes();
        assertThat(boxes).hasSizeGreaterThan(300);
        for (var i = 0; i < boxes.size(); i++) {
            for (var j = i + 1; j < boxes.size(); j++) {
                var a = boxes.get(i);
                var b = boxes.get(j);
                assertThat(apart(a, b) || inside(a, b) || inside(b, a))
                        .as("%s and %s", a, b)
                        .isTrue();
            }
        }
    }

    @Test
    void long_names_are_broken_where_they_may_be() {
        assertThat(Caption.wrap("CleanObservations new-york 2012-07-31 hourly"))
                .containsExactly("CleanObservations new-", "york 2012-07-31 hourly");
        assertThat(Caption.wrap("a".repeat(60)))
                .allMatch(line -> line.length() <= 26)
                .hasSize(3);
    }

    private static boolean apart(Box a, Box b) {
        return a.x() + a.width() <= b.x()
                || b.x() + b.width() <= a.x()
                || a.y() + a.height() <= b.y()
                || b.y() + b.height() <= a.y();
    }

    private static boolean inside(Box inner, Box outer) {
        return inner.x() >= outer.x()
                && inner.y() >= outer.y()
                && inner.x() + inner.width() <= outer.x() + outer.width()
                && inner.y() + inner.height() <= outer.y() + outer.height();
    }

    private static StateMachine machine(int size) {
        var random = new SplittableRandom(3);
        var tasks = new ArrayList<Workload.Item>();
        for (var task = 0; task < size; task++) {
            var required = new TreeSet<Integer>();
            for (var edge = random.nextInt(3); edge > 0 && task > 0; edge--) {
                required.add(Math.max(0, task - 1 - random.nextInt(8)));
            }
            tasks.add(new Workload.Item("task " + task, "kind " + task, 1, List.copyOf(required)));
        }
        return CompiledWorkload.of(new Workload("random", tasks), Parallelism.FULL, false)
                .machines()
                .getFirst()
                .definition();
    }
}
