/* Building, checking and viewing images. Expected values: image.h, image_check.h and the shapes. */
#include "image/image.h"

#include <stdlib.h>

#include "host.h"
#include "image/image_builder.h"
#include "image/image_check.h"
#include "image/image_index.h"
#include "image/image_sections.h"
#include "shacl/component.h"
#include "shapes_of.h"

enum { LIMIT_BYTES = 64 << 20 };

static const char person[] = "ex:S a sh:NodeShape ; sh:targetClass ex:Person ;\n"
                             "  sh:property [ sh:path ex:name ; sh:minCount 1 ] .";

static const char many[] =
    "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:sub ; sh:targetObjectsOf ex:obj ;\n"
    "  sh:targetNode ex:n ; sh:severity sh:Info ; sh:message \"no\" , \"nein\"@de ;\n"
    "  sh:property [ sh:path ( ex:p [ sh:inversePath ex:q ] ) ; sh:in ( 3 2 1 ) ;\n"
    "     sh:pattern \"^a\" ; sh:equals ex:eq ; sh:maxCount 2 ] ;\n"
    "  sh:not [ sh:datatype ex:unused ] .\n"
    "ex:A rdfs:subClassOf ex:C . ex:B rdfs:subClassOf ex:A . ex:A2 rdfs:subClassOf ex:A .\n"
    "ex:O a owl:Ontology ; owl:versionInfo \"7\" .";

static bool
build(RpTestShapes *test, const char *turtle, bool leaves_out, RpText *bytes)
{
    return CHECK_STATUS(rp_test_shapes_of(test, turtle, leaves_out), RP_OK) &&
           CHECK_STATUS(
               rp_image_build(&test->arena, &test->shapes, LIMIT_BYTES, bytes, &test->error),
               RP_OK) &&
           CHECK_STATUS(rp_image_check(bytes->data, bytes->length, &test->error), RP_OK);
}

static void
load(RpTestShapes *test, RpText bytes, RpImage *image)
{
    CHECK_STATUS(rp_image_load(bytes, &rp_test_host.hash_key, &test->arena, image, &test->error),
                 RP_OK);
}

static RpTermId
ex(const RpImage *image, const char *iri)
{
    RpTerm term = rp_term_iri(rp_text_from(iri));

    return rp_term_table_find(&image->terms, &term);
}

/* The example of image.h. */
RP_TEST(image_person_needs_name)
{
    RpTestShapes test;
    RpText bytes;
    RpImage image;

    if (build(&test, person, false, &bytes)) {
        load(&test, bytes, &image);
        CHECK_INT(image.shape_count, 2);
        CHECK_INT(image.target_count, 1);
        CHECK_INT(image.constraint_count, 2);
        CHECK_INT(image.operand_count, 2);
        CHECK_INT(image.path_count, 1);
        CHECK_INT(image.id_count, 0);
        CHECK_INT(image.shapes[0].node, ex(&image, "http://ex/S"));
        CHECK_INT(image.shapes[0].path, 0);
        CHECK_INT(image.shapes[1].path, 1);
        CHECK_INT(image.shapes[1].flags, RP_IMAGE_SHAPE_IS_PROPERTY | RP_IMAGE_SHAPE_IS_FLAT);
        CHECK_INT(image.targets[0].term, ex(&image, "http://ex/Person"));
        CHECK_INT(image.operands[0].kind, RP_OPERAND_SHAPE);
        CHECK_INT(image.operands[0].value, 1);
        CHECK_INT(image.operands[1].kind, RP_OPERAND_INTEGER);
        CHECK_INT(image.operands[1].value, 1);
        CHECK_INT(image.paths[0].predicate, ex(&image, "http://ex/name"));
        CHECK_INT(image.prefix_count, 7);
        CHECK_INT((uintptr_t)bytes.data % 8, 0);
    }
    rp_test_shapes_end(&test);
}

RP_TEST(image_reads)
{
    RpTestShapes test;
    RpText bytes;
    RpImage image;

    if (build(&test, many, false, &bytes)) {
        load(&test, bytes, &image);
        CHECK(rp_image_reads(&image, ex(&image, "http://ex/sub")));
        CHECK(rp_image_reads(&image, ex(&image, "http://ex/obj")));
        CHECK(rp_image_reads(&image, ex(&image, "http://ex/p")));
        CHECK(rp_image_reads(&image, ex(&image, "http://ex/q")));
        CHECK(rp_image_reads(&image, ex(&image, "http://ex/eq")));
        CHECK(!rp_image_reads(&image, ex(&image, "http://ex/n")));
        CHECK(!rp_image_reads(&image, RP_VOCABULARY_rdf_type));
        CHECK(!rp_image_reads(&image, RP_VOCABULARY_rdfs_subClassOf));
        CHECK(!rp_image_reads(&image, 0));
        CHECK(!rp_image_reads(&image, image.terms.first_id + image.terms.count - 1));
    }
    rp_test_shapes_end(&test);
    if (build(&test, person, false, &bytes)) {
        load(&test, bytes, &image);
        CHECK(rp_image_reads(&image, RP_VOCABULARY_rdf_type));
        CHECK(rp_image_reads(&image, RP_VOCABULARY_rdfs_subClassOf));
    }
    rp_test_shapes_end(&test);
    if (build(&test, "ex:S sh:targetNode ex:a ; sh:class ex:C .", false, &bytes)) {
        load(&test, bytes, &image);
        CHECK(rp_image_reads(&image, RP_VOCABULARY_rdf_type));
    }
    rp_test_shapes_end(&test);
    if (build(&test, "ex:S sh:targetNode ex:a ; sh:closed true .", false, &bytes)) {
        load(&test, bytes, &image);
        CHECK(rp_image_reads(&image, 0));
    }
    rp_test_shapes_end(&test);
}

RP_TEST(image_holds_all)
{
    RpTestShapes test;
    RpText bytes;
    RpImage image;
    RpTerm term;

    if (build(&test, many, false, &bytes)) {
        load(&test, bytes, &image);
        CHECK_INT(image.shapes[0].severity, RP_VOCABULARY_sh_Info);
        CHECK_INT(image.shapes[0].message_count, 2);
        term = rp_term_table_get(&image.terms, image.ids[image.shapes[0].first_message]);
        CHECK_TEXT(term.lexical, "no");
        term = rp_term_table_get(&image.terms, image.ids[image.shapes[0].first_message + 1]);
        CHECK_TEXT(term.lexical, "nein");
        CHECK_TEXT(term.language, "de");
        CHECK_INT(image.path_count, 4);
        CHECK_INT(image.paths[3].kind, RP_PATH_SEQUENCE);
        CHECK_INT(image.ids[image.paths[3].first_part], 0);
        CHECK_INT(image.ids[image.paths[3].first_part + 1], 2);
        CHECK_INT(image.subclass_count, 3);
        term = rp_term_table_get(&image.terms, image.header->label);
        CHECK_TEXT(term.lexical, "7");
        /* What no shape uses is not there. */
        CHECK_INT(ex(&image, "http://ex/O"), 0);
        CHECK(ex(&image, "http://ex/unused") != 0);
    }
    rp_test_shapes_end(&test);
}

RP_TEST(image_of_what_is_left_out)
{
    RpTestShapes test;
    RpText bytes;
    RpImage image;
    RpTerm term;

    if (build(&test, "ex:S sh:path 1 ; sh:minCount 1 . ex:T a sh:NodeShape .", true, &bytes)) {
        load(&test, bytes, &image);
        CHECK_INT(image.shape_count, 1);
        if (CHECK_INT(image.left_out_count, 1)) {
            CHECK_INT(image.left_out[0].node, ex(&image, "http://ex/S"));
            term = rp_term_table_get(&image.terms, image.left_out[0].message);
            CHECK(rp_text_starts_with(term.lexical, RP_TEXT("shape <http://ex/S>: sh:path")));
        }
    }
    rp_test_shapes_end(&test);
}

RP_TEST(image_of_no_shapes)
{
    RpTestShapes test;
    RpText bytes;
    RpImage image;

    if (build(&test, "", false, &bytes)) {
        load(&test, bytes, &image);
        CHECK_INT(image.shape_count, 0);
        CHECK_INT(image.terms.count, 2 * image.prefix_count);
        CHECK(bytes.length < 1024);
    }
    rp_test_shapes_end(&test);
}

RP_TEST(image_is_deterministic)
{
    RpTestShapes test, again;
    RpText bytes, second, other;

    if (build(&test, many, false, &bytes) && build(&again, many, false, &other)) {
        CHECK(rp_text_equals(bytes, other));
        CHECK_STATUS(rp_image_build(&test.arena, &test.shapes, LIMIT_BYTES, &second, &test.error),
                     RP_OK);
        CHECK(rp_text_equals(bytes, second));
        rp_test_shapes_end(&again);
    }
    rp_test_shapes_end(&test);
}

/* An option is a part of the bytes, and of nothing else. */
RP_TEST(image_requires_focus)
{
    RpTestShapes test;
    RpText bytes, other;
    RpImage image;

    if (build(&test, person, false, &bytes)) {
        rp_image_open(bytes.data, &image);
        CHECK(!rp_image_requires_focus(&image));
        test.shapes.requires_focus = true;
        CHECK_STATUS(rp_image_build(&test.arena, &test.shapes, LIMIT_BYTES, &other, &test.error),
                     RP_OK);
        CHECK_STATUS(rp_image_check(other.data, other.length, &test.error), RP_OK);
        rp_image_open(other.data, &image);
        CHECK(rp_image_requires_focus(&image));
        CHECK_INT(other.length, bytes.length);
        CHECK(!rp_text_equals(bytes, other));
    }
    rp_test_shapes_end(&test);
}

RP_TEST(image_limit)
{
    RpTestShapes test;
    RpText bytes, other;

    if (build(&test, person, false, &bytes)) {
        CHECK_STATUS(rp_image_build(&test.arena, &test.shapes, bytes.length, &other, &test.error),
                     RP_OK);
        CHECK_STATUS(
            rp_image_build(&test.arena, &test.shapes, bytes.length - 1, &other, &test.error),
            RP_TOO_LARGE);
    }
    rp_test_shapes_end(&test);
}

RP_TEST(image_out_of_memory)
{
    RpTestShapes test;
    RpText bytes;

    CHECK_STATUS(rp_test_shapes_of(&test, many, false), RP_OK);
    test.arena.limit_bytes = test.arena.used_bytes;
    while (rp_arena_allocate(&test.arena, 8) != NULL) { /* what is left of the last chunk */
    }
    CHECK_STATUS(rp_image_build(&test.arena, &test.shapes, LIMIT_BYTES, &bytes, &test.error),
                 RP_TOO_LARGE);
    rp_test_shapes_end(&test);
}

/* Every single changed byte, and every cut, is found by the checksum or before it. */
RP_TEST(image_check_finds_any_change)
{
    RpTestShapes test;
    RpText bytes;
    uint32_t missed = 0;

    if (build(&test, person, false, &bytes)) {
        char *copy = (char *)bytes.data;

        for (uint32_t i = 0; i < bytes.length; i += 7) {
            copy[i] ^= 0x10;
            missed += rp_image_check(copy, bytes.length, &test.error) != RP_CORRUPT;
            copy[i] ^= 0x10;
        }
        CHECK_INT(missed, 0);
        CHECK_STATUS(rp_image_check(copy, bytes.length - 8, &test.error), RP_CORRUPT);
        CHECK_STATUS(rp_image_check(copy, 3, &test.error), RP_CORRUPT);
        CHECK_STATUS(rp_image_check(copy, 0, &test.error), RP_CORRUPT);
        CHECK_STATUS(rp_image_check(copy + 4, bytes.length - 4, &test.error), RP_CORRUPT);
    }
    rp_test_shapes_end(&test);
}

/* An image of `many` that a test may damage: the fields by their sections. */
typedef struct RpDamage {
    RpTestShapes test;
    char *bytes;
    uint32_t length;
    RpImageHeader *header;
    RpTermRecord *terms;
    uint8_t *reads;
    RpImageShape *shapes;
    RpTarget *targets;
    RpImageConstraint *constraints;
    RpImageOperand *operands;
    RpImagePath *paths;
    uint32_t *ids;
    RpSubclass *subclasses;
    RpImagePrefix *prefixes;
} RpDamage;

static void *
section(RpDamage *damage, RpImageSectionId id)
{
    return damage->bytes + rp_image_section_offset(damage->header, id);
}

static void
begin_damage(RpDamage *damage)
{
    RpText bytes;

    if (!build(&damage->test, many, false, &bytes)) {
        abort();
    }
    damage->bytes = (char *)bytes.data;
    damage->length = bytes.length;
    damage->header = (RpImageHeader *)(void *)damage->bytes;
    damage->terms = section(damage, RP_SECTION_TERMS);
    damage->reads = section(damage, RP_SECTION_READS);
    damage->shapes = section(damage, RP_SECTION_SHAPES);
    damage->targets = section(damage, RP_SECTION_TARGETS);
    damage->constraints = section(damage, RP_SECTION_CONSTRAINTS);
    damage->operands = section(damage, RP_SECTION_OPERANDS);
    damage->paths = section(damage, RP_SECTION_PATHS);
    damage->ids = section(damage, RP_SECTION_IDS);
    damage->subclasses = section(damage, RP_SECTION_SUBCLASSES);
    damage->prefixes = section(damage, RP_SECTION_PREFIXES);
}

static RpStatus
check_again(RpDamage *damage)
{
    damage->header->checksum = rp_image_checksum(damage->bytes, damage->length);
    return rp_image_check(damage->bytes, damage->length, &damage->test.error);
}

/* Set a field to another value, see that the check names the place, and put it back. */
#define CHECK_DAMAGE(damage, field, value, place)                         \
    do {                                                                  \
        __typeof__(field) good = (field);                                 \
        (field) = (value);                                                \
        if (CHECK_STATUS(check_again(damage), RP_CORRUPT)) {              \
            CHECK(strstr((damage)->test.error.message, (place)) != NULL); \
        }                                                                 \
        (field) = good;                                                   \
    } while (0)

RP_TEST(image_check_header_and_sections)
{
    RpDamage d;

    begin_damage(&d);
    CHECK_DAMAGE(&d, d.header->magic, 1, "not an image");
    CHECK_DAMAGE(&d, d.header->format, 99, "format 99");
    CHECK_DAMAGE(&d, d.header->size, 8, "bytes instead of");
    CHECK_DAMAGE(&d, d.header->flags, 4, "flags");
    CHECK_DAMAGE(&d, d.header->label, RP_VOCABULARY_rdf_type, "label");
    for (int i = 0; i < RP_SECTION_COUNT; i++) {
        CHECK_DAMAGE(&d, d.header->counts[i], d.header->counts[i] + 8, "sections");
        CHECK_DAMAGE(&d, d.header->counts[i], UINT32_MAX, "sections");
    }
    CHECK_STATUS(check_again(&d), RP_OK);
    rp_test_shapes_end(&d.test);
}

/* The same for a field of a term's record, which is a bit field. */
#define CHECK_TERM(damage, index, field, value, place)                \
    do {                                                              \
        RpTermRecord changed = (damage)->terms[index];                \
        changed.field = (value);                                      \
        CHECK_DAMAGE(damage, (damage)->terms[index], changed, place); \
    } while (0)

RP_TEST(image_check_terms)
{
    RpDamage d;
    RpTermId end;
    uint32_t last;

    begin_damage(&d);
    last = d.header->counts[RP_SECTION_TERMS] - 1;
    end = RP_TERM_FIRST + last + 1;
    CHECK_INT(d.terms[last].kind, RP_LITERAL);
    CHECK_TERM(&d, last, text, d.header->counts[RP_SECTION_STRINGS] + 1, "term");
    CHECK_TERM(&d, last, text, (UINT64_C(1) << 48) - 1, "term");
    CHECK_TERM(&d, last, lexical_length, UINT32_MAX, "term");
    CHECK_TERM(&d, last, language_length, UINT8_MAX, "term");
    CHECK_TERM(&d, last, kind, 4, "term");
    CHECK_TERM(&d, last, kind, 0, "term");
    CHECK_TERM(&d, last, kind, RP_IRI, "term"); /* with a datatype */
    CHECK_TERM(&d, last, datatype, 0, "term");
    CHECK_TERM(&d, last, datatype, end, "term");
    CHECK_TERM(&d, last, datatype, end - 1, "term");
    CHECK_TERM(&d, last, datatype, RP_VOCABULARY_END, "term");
    CHECK_TERM(&d, last, datatype, RP_TERM_FIRST - 1, "term");
    CHECK_DAMAGE(&d, d.reads[0], 1, "read of term 0");
    CHECK_DAMAGE(&d, d.reads[(RP_TERM_FIRST - 1) / 8], 0x80, "read of term 1023");
    CHECK_DAMAGE(&d, d.reads[(end - 1) / 8], (uint8_t)(1u << (end - 1) % 8), "read of term");
    CHECK_DAMAGE(&d, d.reads[end / 8], (uint8_t)(1u << end % 8), "read of term");
    CHECK_STATUS(check_again(&d), RP_OK);
    rp_test_shapes_end(&d.test);
}

/* Build an image of two targets, and put a byte in place of the last one of the first. */
static RpStatus
load_changed(const char *targets, RpTermId changed, char byte, RpImage *image, RpError *error)
{
    RpTestShapes test;
    RpText bytes;
    RpStatus status = RP_OK;

    if (build(&test, targets, false, &bytes)) {
        RpImageHeader *header = (RpImageHeader *)(void *)(char *)bytes.data;

        load(&test, bytes, image);
        if (CHECK(changed < image->targets[1].term)) {
            RpText text = rp_term_table_get(&image->terms, image->targets[changed].term).lexical;

            ((char *)text.data)[text.length - 1] = byte;
            header->checksum = rp_image_checksum(bytes.data, bytes.length);
            status = rp_image_load(bytes, &rp_test_host.hash_key, &test.arena, image, error);
        }
    }
    rp_test_shapes_end(&test);
    return status;
}

/* A term has one id: an IRI of the vocabulary that one, another not two. */
RP_TEST(image_terms_are_different)
{
    const char *targets = "ex:S sh:targetNode sh:im, ex:A, ex:B, \"x\"@en, \"x\"@fr, \"x\" .";
    RpImage image;
    RpError error;

    CHECK_STATUS(load_changed(targets, 0, 'n', &image, &error), RP_CORRUPT);
    CHECK(strstr(error.message, "term of the vocabulary") != NULL);
    CHECK_STATUS(load_changed(targets, 1, 'B', &image, &error), RP_CORRUPT);
    CHECK(strstr(error.message, "is there twice") != NULL);
    CHECK_STATUS(load_changed(targets, 1, 'C', &image, &error), RP_OK);
    CHECK_STATUS(load_changed(targets, 3, 'y', &image, &error), RP_OK);
}

RP_TEST(image_check_shapes_and_paths)
{
    RpDamage d;
    RpTermId literal = RP_TERM_FIRST;

    begin_damage(&d);
    while (d.terms[literal - RP_TERM_FIRST].kind != RP_LITERAL) {
        literal++;
    }
    CHECK_DAMAGE(&d, d.shapes[0].node, 0, "shape 0");
    CHECK_DAMAGE(&d, d.shapes[0].node, literal, "shape 0");
    CHECK_DAMAGE(&d, d.shapes[1].node, d.shapes[0].node, "shape 1");
    CHECK_DAMAGE(&d, d.shapes[0].severity, literal, "shape 0");
    CHECK_DAMAGE(&d, d.shapes[0].severity, UINT32_MAX, "shape 0");
    CHECK_DAMAGE(&d, d.shapes[0].severity, RP_VOCABULARY_END, "shape 0");
    CHECK_DAMAGE(&d, d.shapes[0].severity, RP_TERM_FIRST - 1, "shape 0");
    CHECK_DAMAGE(&d, d.shapes[0].flags, RP_IMAGE_SHAPE_FLAGS + 1, "shape 0");
    CHECK_DAMAGE(&d, d.shapes[0].flags, RP_IMAGE_SHAPE_IS_PROPERTY, "shape 0");
    CHECK_DAMAGE(&d, d.shapes[0].flags, d.shapes[0].flags ^ RP_IMAGE_SHAPE_IS_FLAT,
                 "mark of shape 0");
    CHECK_DAMAGE(&d, d.shapes[1].flags, d.shapes[1].flags ^ RP_IMAGE_SHAPE_IS_FLAT,
                 "mark of shape 1");
    CHECK_DAMAGE(&d, d.shapes[1].path, 5, "shape 1");
    CHECK_DAMAGE(&d, d.shapes[1].path, 1, "unused");
    CHECK_DAMAGE(&d, d.shapes[0].first_target, 1, "targets of shape 0");
    CHECK_DAMAGE(&d, d.shapes[0].target_count, UINT32_MAX, "targets of shape 0");
    CHECK_DAMAGE(&d, d.shapes[0].first_constraint, 1, "constraints of shape 0");
    CHECK_DAMAGE(&d, d.shapes[0].constraint_count, UINT32_MAX, "constraint");
    CHECK_DAMAGE(&d, d.shapes[0].first_message, UINT32_MAX, "messages of shape 0");
    CHECK_DAMAGE(&d, d.shapes[0].message_count, UINT32_MAX, "messages of shape 0");
    CHECK_DAMAGE(&d, d.targets[0].kind, 0, "target 0");
    CHECK_DAMAGE(&d, d.targets[0].kind, 5, "target 0");
    CHECK_DAMAGE(&d, d.targets[0].term, 0, "target 0");
    CHECK_DAMAGE(&d, d.targets[1].term, literal, "target 1");
    CHECK_DAMAGE(&d, d.paths[0].kind, 0, "path 0");
    CHECK_DAMAGE(&d, d.paths[0].kind, 8, "path 0");
    CHECK_DAMAGE(&d, d.paths[0].predicate, literal, "path 0");
    CHECK_DAMAGE(&d, d.paths[0].part_count, 1, "path 0");
    CHECK_DAMAGE(&d, d.paths[3].part_count, 1, "path 3");
    CHECK_DAMAGE(&d, d.paths[3].first_part, UINT32_MAX, "path 3");
    CHECK_DAMAGE(&d, d.ids[d.paths[3].first_part], 3, "part of path 3");
    CHECK_DAMAGE(&d, d.ids[d.paths[3].first_part], 2, "path");
    CHECK_STATUS(check_again(&d), RP_OK);
    rp_test_shapes_end(&d.test);
}

/* The index of the first operand of a kind. */
static uint32_t
operand_of_kind(const RpDamage *d, RpOperandKind kind)
{
    uint32_t index = 0;

    while (d->operands[index].kind != (uint32_t)kind) {
        index++;
    }
    return index;
}

/* The index of the compiled pattern: the only constraint with three operands. */
static uint32_t
pattern_program(const RpDamage *d)
{
    uint32_t index = 0;

    while (d->constraints[index].operand_count != 3) {
        index++;
    }
    return d->constraints[index].first_operand + 2;
}

/* The index of the first constraint of a component. */
static uint32_t
constraint_of(const RpDamage *d, RpVocabulary component)
{
    uint32_t index = 0;

    while (rp_component_table[d->constraints[index].component].iri != component) {
        index++;
    }
    return index;
}

/* What the reader refuses: a component of property shapes on a node shape, and sh:property of a
 * node shape. */
RP_TEST(image_check_paths_that_are_asked_for)
{
    RpDamage d;
    uint32_t datatype, less_than, property;

    begin_damage(&d);
    datatype = constraint_of(&d, RP_VOCABULARY_sh_DatatypeConstraintComponent);
    property = constraint_of(&d, RP_VOCABULARY_sh_PropertyConstraintComponent);
    for (less_than = 0;
         rp_component_table[less_than].iri != RP_VOCABULARY_sh_LessThanConstraintComponent;) {
        less_than++;
    }
    CHECK_DAMAGE(&d, d.constraints[datatype].component, less_than, "operands of constraint");
    CHECK_INT(d.shapes[0].path, 0);
    CHECK_DAMAGE(&d, d.operands[d.constraints[property].first_operand].value, 0,
                 "operands of constraint");
    CHECK_STATUS(check_again(&d), RP_OK);
    rp_test_shapes_end(&d.test);
}

RP_TEST(image_check_constraints)
{
    RpDamage d;
    uint32_t terms, shape, program;

    begin_damage(&d);
    terms = operand_of_kind(&d, RP_OPERAND_TERMS);
    shape = operand_of_kind(&d, RP_OPERAND_SHAPE);
    program = pattern_program(&d);
    CHECK_DAMAGE(&d, d.constraints[0].component, UINT32_MAX, "constraint 0");
    CHECK_DAMAGE(&d, d.constraints[0].component, 0, "operands of constraint 0");
    CHECK_DAMAGE(&d, d.constraints[0].reserved, 1, "constraint 0");
    CHECK_DAMAGE(&d, d.constraints[0].first_operand, 1, "constraint 0");
    CHECK_DAMAGE(&d, d.constraints[0].operand_count, UINT32_MAX, "constraint 0");
    CHECK_DAMAGE(&d, d.constraints[0].operand_count, 0, "operands of constraint 0");
    CHECK_DAMAGE(&d, d.operands[shape].value, -1, "operands");
    CHECK_DAMAGE(&d, d.operands[shape].value, 3, "operands");
    CHECK_DAMAGE(&d, d.operands[shape].count, 1, "operands");
    CHECK_DAMAGE(&d, d.operands[terms].value, -1, "operands");
    CHECK_DAMAGE(&d, d.operands[terms].value, INT64_MAX, "operands");
    CHECK_DAMAGE(&d, d.operands[terms].count, UINT32_MAX, "operands");
    CHECK_DAMAGE(&d, d.operands[terms].count, 2, "unused");
    CHECK_DAMAGE(&d, d.ids[d.operands[terms].value], UINT32_MAX, "operands");
    CHECK_DAMAGE(&d, d.ids[d.operands[terms].value], d.ids[d.operands[terms].value + 1],
                 "operands");
    CHECK_DAMAGE(&d, d.operands[program].value, 0, "operands");
    CHECK_DAMAGE(&d, d.operands[program].value, INT64_MAX, "operands");
    CHECK_DAMAGE(&d, d.operands[program].value, d.shapes[0].node, "operands");
    CHECK_DAMAGE(&d, d.operands[program - 2].value, 0, "operands");
    CHECK_DAMAGE(&d, d.subclasses[0].subclass, 0, "subclass 0");
    CHECK_DAMAGE(&d, d.subclasses[0].superclass, UINT32_MAX, "subclass 0");
    CHECK_DAMAGE(&d, d.subclasses[1], d.subclasses[0], "subclass 1");
    CHECK_DAMAGE(&d, d.prefixes[0].prefix, 0, "prefix 0");
    CHECK_DAMAGE(&d, d.prefixes[0].namespace_iri, d.prefixes[0].prefix, "prefix 0");
    CHECK_STATUS(check_again(&d), RP_OK);
    rp_test_shapes_end(&d.test);
}
