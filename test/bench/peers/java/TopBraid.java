import java.io.StringReader;
import java.util.stream.Collectors;
import org.apache.jena.rdf.model.*;
import org.topbraid.shacl.validation.ValidationUtil;
import org.topbraid.shacl.vocabulary.SH;

/** TopBraid's SHACL API. It prepares its shapes in each call. */
class TopBraid {
    static Model read(String path) {
        Model model = ModelFactory.createDefaultModel();
        org.apache.jena.riot.RDFParser.source(path).errorHandler(org.apache.jena.riot.system.ErrorHandlerFactory.errorHandlerNoWarnings).parse(model);
        return model;
    }

    public static void main(String[] arguments) throws Exception {
        Peer.run(arguments,
            (data, shapes) -> ValidationUtil.validateModel(read(data), read(shapes), false).listProperties(SH.result).toList().stream()
                .map(result -> result.getResource().getPropertyResourceValue(SH.sourceConstraintComponent).getURI()).collect(Collectors.toList()),
            file -> {
                Model shapes = read(file);
                return text -> {
                    Model data = ModelFactory.createDefaultModel();
                    data.read(new StringReader(text), null, "N-TRIPLES");
                    return ValidationUtil.validateModel(data, shapes, false).getProperty(SH.conforms).getBoolean();
                };
            });
    }
}
