import java.nio.file.*;
import java.util.*;
import java.util.function.*;

/**
 * What the runners of peers in Java share: the same commands as those in Python have (peer.py). A library's own start, and the
 * compiling of its code while it runs, are in the time of judging a file, and not in that of documents, of which half are judged before.
 */
class Peer {
    /** Judges a file; gives the components' IRIs, one for each result. */
    interface Judge { Collection<String> judge(String data, String shapes) throws Exception; }
    /** From shapes, what tells of a document whether it conforms. */
    interface Documents { Predicate<String> by(String shapes) throws Exception; }

    static void run(String[] arguments, Judge judge, Documents documents) throws Exception {
        String data = arguments[1], shapes = arguments[2];
        if (arguments[0].equals("documents")) {
            List<String> texts = new ArrayList<>(Arrays.asList(Files.readString(Path.of(data)).split("\n\n")));
            Predicate<String> conforms = documents.by(shapes);
            texts.subList(0, texts.size() / 2).forEach(conforms::test);
            long started = System.nanoTime();
            long conforming = texts.stream().filter(conforms).count();
            System.out.printf(Locale.ROOT, "{\"nanoseconds\": %.1f, \"conforming\": %d}%n",
                (System.nanoTime() - started) / (double) texts.size(), conforming);
            return;
        }
        long started = System.nanoTime(), cpu = cpu();
        Map<String, Integer> counts = new TreeMap<>();
        for (String component : judge.judge(data, shapes)) {
            counts.merge(component.replaceAll("^.*#|ConstraintComponent$", ""), 1, Integer::sum);
        }
        StringJoiner results = new StringJoiner(", ");
        counts.forEach((component, count) -> results.add("\"" + component + "\": " + count));
        System.out.printf(Locale.ROOT, "{\"seconds\": %.4f, \"cpu_seconds\": %.4f, \"memory_mb\": %d, \"results\": {%s}}%n",
            (System.nanoTime() - started) / 1e9, (cpu() - cpu) / 1e9, peak(), results);
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static long peak() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmHWM"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).sum();
    }
}
