/* The numeric datatypes that shapes ask of predicates. Expected values: image_numbers.h. */
#include "image/image_numbers.h"

#include "host.h"
#include "image/image_check.h"
#include "image/image_index.h"
#include "image/image_sections.h"
#include "image_of.h"

/* The datatype that http://ex/p gives a number. */
static RpTermId
datatype_of(const RpImage *image, const char *number)
{
    RpTerm predicate = rp_term_iri(RP_TEXT("http://ex/p"));

    return rp_image_number_datatype(image, &predicate, rp_text_from(number));
}

/* The same under shapes. */
static RpTermId
datatype_under(const char *turtle, const char *number)
{
    RpTestShapes test;
    RpText bytes;
    RpImage image;
    RpTermId datatype = RP_TERM_NONE;

    if (rp_test_image_of(&test, turtle, &bytes, &image)) {
        datatype = datatype_of(&image, number);
    }
    rp_test_shapes_end(&test);
    return datatype;
}

#define TARGET "ex:S sh:targetNode ex:a ; "
#define ASKED(datatype) "sh:property [ sh:path ex:p ; sh:datatype " datatype " ]"

RP_TEST(image_numbers)
{
    CHECK_INT(datatype_under(TARGET ASKED("xsd:decimal") " .", "5"), RP_VOCABULARY_xsd_decimal);
    CHECK_INT(datatype_under(TARGET ASKED("xsd:double") " .", "5"), RP_VOCABULARY_xsd_double);
    CHECK_INT(datatype_under(TARGET ASKED("xsd:float") " .", "5.5"), RP_VOCABULARY_xsd_float);
    CHECK_INT(datatype_under(TARGET ASKED("xsd:int") " .", "5"), RP_VOCABULARY_xsd_int);
    /* Not asked, or not a value of what is. */
    CHECK_INT(datatype_under("ex:S sh:targetNode ex:a .", "5"), RP_VOCABULARY_xsd_integer);
    CHECK_INT(datatype_under(TARGET "sh:property [ sh:path ex:q ; sh:datatype xsd:int ] .", "5"),
              RP_VOCABULARY_xsd_integer);
    CHECK_INT(datatype_under(TARGET ASKED("xsd:byte") " .", "128"), RP_VOCABULARY_xsd_integer);
    CHECK_INT(datatype_under(TARGET ASKED("xsd:integer") " .", "5.0"), RP_VOCABULARY_xsd_decimal);
    CHECK_INT(datatype_under(TARGET ASKED("xsd:string") " .", "5.5"), RP_VOCABULARY_xsd_decimal);
    CHECK_INT(datatype_under(TARGET ASKED("xsd:boolean") " .", "1"), RP_VOCABULARY_xsd_integer);
    CHECK_INT(datatype_under(TARGET ASKED("ex:money") " .", "1"), RP_VOCABULARY_xsd_integer);
    /* The same one twice, two, and two of which one has the value. */
    CHECK_INT(datatype_under(TARGET ASKED("xsd:double") " , [ sh:path ex:p ; "
                                                        "sh:datatype xsd:double ] .",
                             "5"),
              RP_VOCABULARY_xsd_double);
    CHECK_INT(datatype_under(TARGET ASKED("xsd:byte") " , [ sh:path ex:p ; "
                                                      "sh:datatype xsd:double ] .",
                             "5"),
              RP_VOCABULARY_xsd_integer);
    CHECK_INT(datatype_under(TARGET ASKED("xsd:byte") " , [ sh:path ex:p ; "
                                                      "sh:datatype xsd:double ] .",
                             "500"),
              RP_VOCABULARY_xsd_double);
}

RP_TEST(image_numbers_outside_alternatives)
{
    CHECK_INT(datatype_under(TARGET "sh:node [ sh:and ( [ " ASKED("xsd:double") " ] ) ] .", "5"),
              RP_VOCABULARY_xsd_double);
    CHECK_INT(
        datatype_under(TARGET "sh:property [ sh:path ex:q ; " ASKED("xsd:double") " ] .", "5"),
        RP_VOCABULARY_xsd_double);
    CHECK_INT(
        datatype_under(TARGET "sh:or ( [ " ASKED("xsd:double") " ] [ sh:class ex:C ] ) .", "5"),
        RP_VOCABULARY_xsd_integer);
    CHECK_INT(datatype_under(TARGET "sh:xone ( [ " ASKED("xsd:double") " ] ) .", "5"),
              RP_VOCABULARY_xsd_integer);
    CHECK_INT(datatype_under(TARGET "sh:not [ " ASKED("xsd:double") " ] .", "5"),
              RP_VOCABULARY_xsd_integer);
    CHECK_INT(datatype_under(TARGET "sh:not [ sh:node [ " ASKED("xsd:double") " ] ] .", "5"),
              RP_VOCABULARY_xsd_integer);
    /* Both an alternative and asked. */
    CHECK_INT(datatype_under(TARGET "sh:or ( ex:P ) ; sh:property ex:P ."
                                    "ex:P sh:path ex:p ; sh:datatype xsd:double .",
                             "5"),
              RP_VOCABULARY_xsd_double);
    /* Asked of nobody: without a target, deactivated, of another path than the predicate alone. */
    CHECK_INT(datatype_under("ex:P sh:path ex:p ; sh:datatype xsd:double .", "5"),
              RP_VOCABULARY_xsd_integer);
    CHECK_INT(datatype_under(TARGET "sh:deactivated true ; " ASKED("xsd:double") " .", "5"),
              RP_VOCABULARY_xsd_integer);
    CHECK_INT(datatype_under(TARGET "sh:property [ sh:path [ sh:oneOrMorePath ex:p ] ; "
                                    "sh:datatype xsd:double ] .",
                             "5"),
              RP_VOCABULARY_xsd_integer);
    CHECK_INT(datatype_under(TARGET "sh:property ex:P . ex:P sh:path ex:p ; sh:property ex:P ; "
                                    "sh:datatype xsd:double .",
                             "5"),
              RP_VOCABULARY_xsd_double);
}

RP_TEST(image_check_numbers)
{
    static const char two[] =
        TARGET ASKED("xsd:byte") " , [ sh:path ex:p ; sh:datatype xsd:int ] .";
    RpTestShapes test;
    RpText bytes;
    RpImage image;

    if (rp_test_image_of(&test, two, &bytes, &image) && CHECK_INT(image.number_count, 2)) {
        RpImageNumber good = image.numbers[1];
        const RpImageNumber bad[] = {
            image.numbers[0], /* twice, and so out of order */
            {RP_TERM_NONE, good.datatype},
            {UINT32_MAX, good.datatype},
            {good.predicate, RP_VOCABULARY_xsd_string},
            {good.predicate, UINT32_MAX},
        };
        RpImageHeader *header = (RpImageHeader *)(void *)bytes.data;
        RpImageNumber *second =
            (RpImageNumber *)(void *)(bytes.data +
                                      rp_image_section_offset(header, RP_SECTION_NUMBERS)) +
            1;

        for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
            *second = bad[i];
            header->checksum = rp_image_checksum(bytes.data, bytes.length);
            CHECK_STATUS(rp_image_check(bytes.data, bytes.length, &test.error), RP_CORRUPT);
            CHECK_TEXT(rp_text_from(test.error.message), "corrupt image: number 1");
        }
    }
    rp_test_shapes_end(&test);
}
