import java.io.StringReader;
import java.util.stream.Collectors;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.RDFParserBuilder;
import org.apache.jena.riot.system.ErrorHandlerFactory;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.Shapes;
import org.apache.jena.sparql.graph.GraphFactory;

/** Jena SHACL. */
class Jena {
    static Graph read(RDFParserBuilder source) {
        Graph graph = GraphFactory.createDefaultGraph();
        // Warnings of literals that are ill-formed on purpose would cost time.
        source.errorHandler(ErrorHandlerFactory.errorHandlerNoWarnings).parse(graph);
        return graph;
    }

    public static void main(String[] arguments) throws Exception {
        Peer.run(arguments,
            (data, shapes) -> ShaclValidator.get().validate(Shapes.parse(read(RDFParser.source(shapes))), read(RDFParser.source(data)))
                .getEntries().stream().map(entry -> entry.sourceConstraintComponent().getURI()).collect(Collectors.toList()),
            file -> {
                Shapes shapes = Shapes.parse(read(RDFParser.source(file)));
                return text -> ShaclValidator.get().conforms(shapes,
                    read(RDFParser.create().source(new StringReader(text)).lang(Lang.NTRIPLES)));
            });
    }
}
