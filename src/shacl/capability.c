/* See capability.h. */
#include "shacl/capability.h"

#include "base/buffer.h"
#include "sparql/construct.h"
#include "sparql/function.h"

#define LISTED(namespace_iri, local, use, status, note)                           \
    {                                                                             \
        {namespace_iri local, sizeof(namespace_iri local) - 1}, RP_TERM_IS_##use, \
            RP_CAPABILITY_##status,                                               \
        {                                                                         \
            note, sizeof(note) - 1                                                \
        }                                                                         \
    }
#define SH(local, use, status, note) LISTED(RP_SH, local, use, status, note)
#define REPORT(local) SH(local, PREDICATE, IGNORED, "part of validation reports")
#define DOCUMENTATION(local) SH(local, PREDICATE, IGNORED, "for documentation and forms")
#define PREFIXES(local) SH(local, PREDICATE, ENFORCED, "prefixes of queries")
#define REFUSED(local, use, feature) SH(local, use, REFUSED, "not implemented: " feature)
#define PART(local, use, feature) SH(local, use, PART, "not implemented: " feature)
#define SHAPE(local, feature) SH(local, PREDICATE, SHAPE, "not implemented: " feature)
#define SWITCH(namespace_iri, local) \
    LISTED(namespace_iri, local, PREDICATE, SWITCH, "not implemented, unless its value is false")
#define DASH(local) LISTED(RP_DASH, local, PREDICATE, IGNORED, "for documentation and forms")

static const RpCapability listed[] = {
    SH("NodeShape", CLASS, ENFORCED, "its instances are shapes"),
    SH("PropertyShape", CLASS, ENFORCED, "its instances are shapes with a path"),
    SH("Shape", CLASS, IGNORED, "the superclass of both kinds of shapes"),
    SH("targetClass", PREDICATE, ENFORCED, "target"),
    SH("targetNode", PREDICATE, ENFORCED, "target"),
    SH("targetSubjectsOf", PREDICATE, ENFORCED, "target"),
    SH("targetObjectsOf", PREDICATE, ENFORCED, "target"),
    SH("path", PREDICATE, ENFORCED, "path"),
    SH("inversePath", PREDICATE, ENFORCED, "path"),
    SH("alternativePath", PREDICATE, ENFORCED, "path"),
    SH("zeroOrMorePath", PREDICATE, ENFORCED, "path"),
    SH("oneOrMorePath", PREDICATE, ENFORCED, "path"),
    SH("zeroOrOnePath", PREDICATE, ENFORCED, "path"),
    SH("deactivated", PREDICATE, ENFORCED, "true: the shape judges nothing"),
    SH("severity", PREDICATE, ENFORCED, "severity of the results, of any IRI"),
    SH("message", PREDICATE, ENFORCED, "message of the results, word for word"),
    SH("Violation", VALUE, ENFORCED, "severity"),
    SH("Warning", VALUE, ENFORCED, "severity"),
    SH("Info", VALUE, ENFORCED, "severity"),
    SH("IRI", VALUE, ENFORCED, "node kind"),
    SH("BlankNode", VALUE, ENFORCED, "node kind"),
    SH("Literal", VALUE, ENFORCED, "node kind"),
    SH("BlankNodeOrIRI", VALUE, ENFORCED, "node kind"),
    SH("BlankNodeOrLiteral", VALUE, ENFORCED, "node kind"),
    SH("IRIOrLiteral", VALUE, ENFORCED, "node kind"),

    SH("Severity", CLASS, IGNORED, "the class of severities"),
    SH("NodeKind", CLASS, IGNORED, "the class of node kinds"),
    SH("AbstractResult", CLASS, IGNORED, "part of validation reports"),
    SH("ValidationReport", CLASS, IGNORED, "part of validation reports"),
    SH("ValidationResult", CLASS, IGNORED, "part of validation reports"),
    REPORT("conforms"),
    REPORT("result"),
    REPORT("shapesGraphWellFormed"),
    REPORT("focusNode"),
    REPORT("resultPath"),
    REPORT("value"),
    REPORT("sourceShape"),
    REPORT("sourceConstraint"),
    REPORT("sourceConstraintComponent"),
    REPORT("resultSeverity"),
    REPORT("resultMessage"),
    REPORT("detail"),
    DOCUMENTATION("name"),
    DOCUMENTATION("description"),
    DOCUMENTATION("order"),
    DOCUMENTATION("group"),
    DOCUMENTATION("defaultValue"),
    SH("PropertyGroup", CLASS, IGNORED, "for documentation and forms"),
    SH("shapesGraph", PREDICATE, IGNORED, "never followed: data does not choose its policy"),
    SH("suggestedShapesGraph", PREDICATE, IGNORED, "never followed"),
    PREFIXES("declare"),
    PREFIXES("prefixes"),
    PREFIXES("prefix"),
    PREFIXES("namespace"),
    SH("PrefixDeclaration", CLASS, IGNORED, "prefixes of queries"),
    /* of the drafts of SHACL 1.2 */
    DOCUMENTATION("intent"),
    DOCUMENTATION("agentInstruction"),
    DOCUMENTATION("codeIdentifier"),
    DOCUMENTATION("unit"),
    DASH("abstract"),
    DASH("actionGroup"),
    DASH("applicableToClass"),
    DASH("composite"),
    DASH("contextFree"),
    DASH("defaultLang"),
    DASH("defaultViewForRole"),
    DASH("detailsEndpoint"),
    DASH("detailsGraph"),
    DASH("editor"),
    DASH("generateClass"),
    DASH("height"),
    DASH("hidden"),
    DASH("index"),
    DASH("localConstraint"),
    DASH("mimeTypes"),
    DASH("propertyRole"),
    DASH("propertySuggestionGenerator"),
    DASH("readOnly"),
    DASH("resourceAction"),
    DASH("staticConstraint"),
    DASH("suggestionGenerator"),
    DASH("uriStart"),
    DASH("viewer"),
    DASH("width"),
    DASH("x"),
    DASH("y"),

    SWITCH(RP_DASH, "singleLine"),
    SWITCH(RP_DASH, "closedByTypes"),
    SWITCH(RP_DASH, "indexed"),
    SWITCH(RP_DASH, "nonRecursive"),
    SWITCH(RP_DASH, "symmetric"),
    SWITCH(RP_SH, "singleLine"),
    SWITCH(RP_SH, "uniqueMembers"),
    SWITCH(RP_SH, "reificationRequired"),
    SH("rule", PREDICATE, NOT_RUN, "rules are not run, which a warning says"),

    LISTED(RP_DASH, "ShapeClass", CLASS, REFUSED, "not implemented: SHACL 1.2"),
    SH("entailment", PREDICATE, REFUSED, "not implemented: no entailment regime is"),
    REFUSED("ShapeClass", CLASS, "SHACL 1.2"),
    SH("SPARQLConstraint", CLASS, IGNORED, "SPARQL constraints need no type"),
    SH("SPARQLExecutable", CLASS, IGNORED, "the superclass of what has a query"),
    SH("SPARQLAskExecutable", CLASS, IGNORED, "the superclass of what has a query"),
    PART("SPARQLConstructExecutable", CLASS, "SPARQL rules"),
    SH("SPARQLSelectExecutable", CLASS, IGNORED, "the superclass of what has a query"),
    PART("SPARQLUpdateExecutable", CLASS, "SPARQL rules"),
    SH("ask", PREDICATE, ENFORCED, "query of a validator"),
    PART("construct", PREDICATE, "SPARQL rules"),
    SH("select", PREDICATE, ENFORCED, "query of a constraint, a validator or a target"),
    PART("update", PREDICATE, "SPARQL rules"),
    PART("resultAnnotation", PREDICATE, "annotations of results"),
    PART("ResultAnnotation", CLASS, "annotations of results"),
    PART("annotationProperty", PREDICATE, "annotations of results"),
    PART("annotationValue", PREDICATE, "annotations of results"),
    PART("annotationVarName", PREDICATE, "annotations of results"),
    SH("ConstraintComponent", CLASS, ENFORCED, "its instances are components"),
    SH("Parameterizable", CLASS, IGNORED, "the superclass of what has parameters"),
    SH("Parameter", CLASS, IGNORED, "describes a parameter"),
    SH("parameter", PREDICATE, ENFORCED, "parameter of a component of one's own"),
    SH("labelTemplate", PREDICATE, IGNORED, "for documentation and forms"),
    SH("optional", PREDICATE, ENFORCED, "whether a parameter may be absent"),
    SH("validator", PREDICATE, ENFORCED, "query of a component, for all shapes"),
    SH("nodeValidator", PREDICATE, ENFORCED, "query of a component, for node shapes"),
    SH("propertyValidator", PREDICATE, ENFORCED, "query of a component, for property shapes"),
    SH("Validator", CLASS, IGNORED, "the superclass of validators"),
    SH("SPARQLAskValidator", CLASS, ENFORCED, "its instances are validators"),
    SH("SPARQLSelectValidator", CLASS, ENFORCED, "its instances are validators"),
    SH("target", PREDICATE, ENFORCED, "target, where its value is a sh:SPARQLTarget"),
    SH("Target", CLASS, IGNORED, "the superclass of targets"),
    REFUSED("TargetType", CLASS, "types of targets"),
    SH("SPARQLTarget", CLASS, ENFORCED, "its instances are targets by queries"),
    REFUSED("SPARQLTargetType", CLASS, "types of targets"),
    REFUSED("Function", CLASS, "functions"),
    REFUSED("SPARQLFunction", CLASS, "functions"),
    PART("returnType", PREDICATE, "functions"),
    SHAPE("expression", "node expressions"),
    SHAPE("values", "values by node expressions"),
    PART("ExpressionConstraintComponent", VALUE, "node expressions"),
    PART("ExpressionConstraintComponent-expression", VALUE, "node expressions"),
    PART("this", VALUE, "node expressions"),
    PART("filterShape", PREDICATE, "node expressions"),
    PART("nodes", PREDICATE, "node expressions"),
    PART("intersection", PREDICATE, "node expressions"),
    PART("union", PREDICATE, "node expressions"),
    PART("Rule", CLASS, "rules"),
    PART("TripleRule", CLASS, "rules"),
    PART("SPARQLRule", CLASS, "rules"),
    PART("condition", PREDICATE, "rules"),
    PART("subject", PREDICATE, "rules"),
    PART("predicate", PREDICATE, "rules"),
    PART("object", PREDICATE, "rules"),
    SHAPE("js", "JavaScript"),
    PART("JSConstraint", CLASS, "JavaScript"),
    PART("JSConstraintComponent", VALUE, "JavaScript"),
    PART("JSConstraint-js", VALUE, "JavaScript"),
    PART("JSExecutable", CLASS, "JavaScript"),
    PART("JSTarget", CLASS, "JavaScript"),
    REFUSED("JSTargetType", CLASS, "JavaScript"),
    REFUSED("JSFunction", CLASS, "JavaScript"),
    PART("JSLibrary", CLASS, "JavaScript"),
    PART("JSRule", CLASS, "JavaScript"),
    PART("JSValidator", CLASS, "JavaScript"),
    PART("jsFunctionName", PREDICATE, "JavaScript"),
    PART("jsLibrary", PREDICATE, "JavaScript"),
    PART("jsLibraryURL", PREDICATE, "JavaScript"),
};

enum {
    LISTED_COUNT = sizeof listed / sizeof *listed,
    PARAMETER_COUNT = RP_COMPONENT_OTHER_PARAMETERS + 1 /* of one component */
};

RpCapabilityStatus
rp_capability_of(RpText iri, RpTermUse use)
{
    for (size_t i = 0; i < LISTED_COUNT; i++) {
        if (listed[i].use == use && rp_text_equals(listed[i].iri, iri)) {
            return listed[i].status;
        }
    }
    return RP_CAPABILITY_UNLISTED;
}

/* Parameter 0 is the main one; RP_VOCABULARY_NONE: the component has fewer. */
static RpVocabulary
parameter_of(const RpComponent *component, int parameter)
{
    return parameter == 0 ? component->parameter : component->others[parameter - 1];
}

/* Texts joined, in the arena. Its data is NULL where there is no memory. */
static RpText
joined(RpArena *arena, RpText first, RpText second, RpText third)
{
    RpBuffer buffer;

    rp_buffer_init(&buffer, arena);
    rp_buffer_append_text(&buffer, first);
    rp_buffer_append_text(&buffer, second);
    rp_buffer_append_text(&buffer, third);
    return buffer.has_failed ? (RpText){NULL, 0} : rp_buffer_text(&buffer);
}

static RpText
local_of(RpVocabulary id)
{
    RpText iri = rp_vocabulary_iri(id);
    uint32_t start = sizeof RP_SH - 1;

    return (RpText){iri.data + start, iri.length - start};
}

/* A growing list, of which all iris and notes are checked at the end. */
typedef struct CapabilityList {
    RpArena *arena;
    RpCapability *capabilities;
    uint32_t count;
} CapabilityList;

static void
add(CapabilityList *list, RpText iri, RpTermUse use, RpCapabilityStatus status, RpText note)
{
    for (uint32_t i = LISTED_COUNT; i < list->count; i++) {
        if (rp_text_equals(list->capabilities[i].iri, iri)) {
            return; /* a parameter that two components share */
        }
    }
    list->capabilities[list->count++] = (RpCapability){iri, use, status, note};
}

static void
add_component(CapabilityList *list, const RpComponent *component)
{
    RpText iri = rp_vocabulary_iri(component->iri);

    add(list, iri, RP_TERM_IS_VALUE, RP_CAPABILITY_ENFORCED,
        component->parameter == RP_VOCABULARY_sh_property
            ? RP_TEXT("sh:property has no results but those of its shape")
            : joined(list->arena, RP_TEXT("what results of sh:"), local_of(component->parameter),
                     RP_TEXT(" name")));
    for (int i = 0; i < PARAMETER_COUNT && parameter_of(component, i) != 0; i++) {
        RpVocabulary parameter = parameter_of(component, i);

        add(list, rp_vocabulary_iri(parameter), RP_TERM_IS_PREDICATE, RP_CAPABILITY_ENFORCED,
            joined(list->arena, RP_TEXT("parameter of sh:"), local_of(component->iri),
                   RP_TEXT("")));
        add(list, joined(list->arena, iri, RP_TEXT("-"), local_of(parameter)), RP_TERM_IS_VALUE,
            RP_CAPABILITY_IGNORED, RP_TEXT("how SHACL's vocabulary describes a parameter"));
    }
}

/* "SPARQL " and a name, and what becomes of it. */
static void
add_query_part(CapabilityList *list, const char *name, bool is_taken, const char *note)
{
    list->capabilities[list->count++] = (RpCapability){
        joined(list->arena, RP_TEXT("SPARQL "), rp_text_from(name), RP_TEXT("")),
        RP_TERM_OF_QUERIES, is_taken ? RP_CAPABILITY_ENFORCED : RP_CAPABILITY_REFUSED,
        rp_text_from(note)};
}

/* The language of queries: its parts, then operators and functions. */
static void
add_queries(CapabilityList *list)
{
    for (uint32_t i = 0; i < rp_construct_count; i++) {
        add_query_part(list, rp_constructs[i].name, rp_constructs[i].standing == RP_CONSTRUCT_TAKEN,
                       rp_constructs[i].note);
    }
    for (int i = RP_FUNCTION_NONE + 1; i < RP_FUNCTION_END; i++) {
        add_query_part(list, rp_functions[i].name, true, rp_function_note((RpFunctionId)i));
    }
    for (uint32_t i = 0; i < rp_function_refusal_count; i++) {
        add_query_part(list, rp_function_refusals[i].name, false, rp_function_refusals[i].why);
    }
}

RpStatus
rp_capabilities_list(RpArena *arena, RpCapability **capabilities, uint32_t *count, RpError *error)
{
    size_t limit = LISTED_COUNT + (size_t)rp_component_count * (2 * PARAMETER_COUNT + 1) +
                   rp_construct_count + RP_FUNCTION_END + rp_function_refusal_count;
    CapabilityList list = {.arena = arena};

    list.capabilities = rp_arena_allocate(arena, limit * sizeof *list.capabilities);
    if (list.capabilities == NULL) {
        return rp_arena_failure(arena, error);
    }
    memcpy(list.capabilities, listed, sizeof listed);
    list.count = LISTED_COUNT;
    for (uint32_t i = 0; i < rp_component_count; i++) {
        if (rp_component_table[i].parameter != RP_VOCABULARY_NONE) {
            add_component(&list, &rp_component_table[i]);
        }
    }
    add_queries(&list);
    for (uint32_t i = 0; i < list.count; i++) {
        if (list.capabilities[i].iri.data == NULL || list.capabilities[i].note.data == NULL) {
            return rp_arena_failure(arena, error);
        }
    }
    *capabilities = list.capabilities;
    *count = list.count;
    return RP_OK;
}
