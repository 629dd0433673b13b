"""What an address says of the work that it opens."""

import pytest

from peftlint.identity import ids_of_url


@pytest.mark.parametrize(
    ("url", "kind", "id_"),
    [
        ("https://arxiv.org/pdf/2106.09685v2.pdf", "arxiv", "2106.09685"),
        ("https://huggingface.co/papers/2106.09685", "arxiv", "2106.09685"),
        ("https://www.semanticscholar.org/arxiv/2106.09685", "arxiv", "2106.09685"),
        ("https://doi.org/10.48550/arXiv.2106.09685", "arxiv", "2106.09685"),
        ("https://doi.org/10.48550/ARXIV.2106.09685", "arxiv", "2106.09685"),
        ("https://doi.org/10.1038/S41586-019-1724-Z", "doi", "10.1038/s41586-019-1724-z"),
        ("https://dx.doi.org/doi:10.1038/nature14236", "doi", "10.1038/nature14236"),
        ("https://doi.org/10.1016%2FS0019-9958(77)80012-1", "doi", "10.1016/s0019-9958(77)80012-1"),
        ("https://doi.org/10.1162/tacl_a_00118.", "doi", "10.1162/tacl_a_00118"),
        ("https://dl.acm.org/doi/10.1145/3627703.3629565", "doi", "10.1145/3627703.3629565"),
        ("https://dl.acm.org/doi/abs/10.1145/3627703.3629565", "doi", "10.1145/3627703.3629565"),
        (
            "https://dl.acm.org/doi/pdf/10.1145/3627703.3629565?download=true",
            "doi",
            "10.1145/3627703.3629565",
        ),
        ("https://dl.acm.org/citation.cfm?id=3343031.3351009", "doi", "10.1145/3343031.3351009"),
        (
            "https://awwa.onlinelibrary.wiley.com/doi/full/10.1002/aws2.1179",
            "doi",
            "10.1002/aws2.1179",
        ),
        ("https://www.science.org/doi/10.1126/science.aar6170", "doi", "10.1126/science.aar6170"),
        (
            "https://direct.mit.edu/tacl/article/doi/10.1162/tacl_a_00370/100680/Did",
            "doi",
            "10.1162/tacl_a_00370",
        ),
        (
            "https://link.springer.com/article/10.1007/s10462-024-10888-y",
            "doi",
            "10.1007/s10462-024-10888-y",
        ),
        (
            "https://link.springer.com/chapter/10.1007/978-3-031-20044-1_14",
            "doi",
            "10.1007/978-3-031-20044-1_14",
        ),
        (
            "https://link.springer.com/content/pdf/10.1007/s11263-016-0981-7.pdf",
            "doi",
            "10.1007/s11263-016-0981-7",
        ),
        (
            "https://www.nature.com/articles/s41587-023-01905-6.pdf",
            "doi",
            "10.1038/s41587-023-01905-6",
        ),
        (
            "https://www.biorxiv.org/content/10.1101/2022.07.10.499510v1.full.pdf",
            "doi",
            "10.1101/2022.07.10.499510",
        ),
        ("https://openreview.net/forum?id=nZeVKeeFYf9", "openreview", "nZeVKeeFYf9"),
        ("https://openreview.net/pdf?id=nZeVKeeFYf9", "openreview", "nZeVKeeFYf9"),
        ("https://openreview.net/forum?noteId=x&id=gERv_uy69IA", "openreview", "gERv_uy69IA"),
        ("https://aclanthology.org/P02-1040.pdf", "acl", "P02-1040"),
        ("https://aclanthology.org/P02-1040/", "acl", "P02-1040"),
        ("https://www.aclweb.org/anthology/P02-1040", "acl", "P02-1040"),
        ("http://aclweb.org/anthology/D/D15/D15-1041.pdf", "acl", "D15-1041"),
        ("http://anthology.aclweb.org/D/D14/D14-1162.pdf", "acl", "D14-1162"),
        ("https://aclanthology.org/2023.findings-acl.13.pdf", "acl", "2023.findings-acl.13"),
        ("https://aclanthology.org/2022.acl-short.8/", "acl", "2022.acl-short.8"),
        ("https://aclanthology.org/2022.acl-short.8v2.pdf", "acl", "2022.acl-short.8"),
        ("https://doi.org/10.18653/v1/P19-1355", "acl", "P19-1355"),
        ("https://doi.org/10.18653/v1/2020.acl-main.92", "acl", "2020.acl-main.92"),
        ("http://proceedings.mlr.press/v119/chen20s.html", "pmlr", "v119/chen20s"),
        ("https://proceedings.mlr.press/v97/ko19a/ko19a.pdf", "pmlr", "v97/ko19a"),
        (
            "https://openaccess.thecvf.com/content/CVPR2022/papers/Zhou_Conditional_CVPR_2022_paper.pdf",
            "cvf",
            "zhou_conditional_cvpr_2022",
        ),
        (
            "https://openaccess.thecvf.com/content/CVPR2022/html/Zhou_Conditional_CVPR_2022_paper.html",
            "cvf",
            "zhou_conditional_cvpr_2022",
        ),
        (
            "https://proceedings.neurips.cc/paper_files/paper/2023/file/"
            "19d7204af519eae9993f7f72377a0ec0-Paper-Conference.pdf",
            "neurips",
            "19d7204af519eae9993f7f72377a0ec0",
        ),
        ("https://ieeexplore.ieee.org/abstract/document/8953407/", "ieee", "8953407"),
        ("https://ieeexplore.ieee.org/stamp/stamp.jsp?tp=&arnumber=8953407", "ieee", "8953407"),
        (
            "https://www.semanticscholar.org/paper/A-Title/063f8b1ecf2394ca776ac61869734de9c1953808",
            "s2",
            "063f8b1ecf2394ca776ac61869734de9c1953808",
        ),
    ],
)
def test_an_address_identifies_its_work(url: str, kind: str, id_: str) -> None:
    assert list(ids_of_url(url)) == [(kind, id_)]


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/microsoft/LoRA",
        "https://arxiv.org/abs/2502.143",
        "https://arxiv.org/list/cs.CL/recent",
        "https://doi.org/",
        "https://doi.org/10.48550/arXiv.2502.143",
        "https://dl.acm.org/doi/proceedings/10.1145/3627703",
        "https://dl.acm.org/doi/book/10.5555/1972505",
        "https://dl.acm.org/citation.cfm?id=3350960",
        "https://link.springer.com/book/10.1007/978-3-031-20044-1",
        "https://doi.org/10.1007/978-3-031-20044-1",
        "https://doi.org/10.1109/CVPR52688.2022",
        "https://doi.org/10.18653/v1/2020.acl-main",
        "https://openreview.net/group?id=ICLR.cc/2024/Conference",
        "https://openreview.net/profile?id=~Aadarsh_Sahoo1",
        "https://openreview.net/references/pdf?id=nZeVKeeFYf9",
        "https://openreview.net/forum?id=",
        "https://aclanthology.org/volumes/2020.acl-main/",
        "https://aclanthology.org/P16-1000/",
        "https://aclanthology.org/W18-6300/",
        "https://aclanthology.org/2020.acl-main.0/",
        "http://www.aclweb.org/anthology/N13-1#page=784",
        "https://proceedings.mlr.press/v119/",
        "https://openaccess.thecvf.com/CVPR2022",
        "https://papers.nips.cc/book/advances-in-neural-information-processing-systems-25-2012",
        "https://ieeexplore.ieee.org/xpl/conhome/9709627/proceeding",
        "https://www.semanticscholar.org/product/api",
        "https://aclanthology.org.evil.com/P02-1040.pdf",
        "https://doi.org@evil.com/10.1038/nature14236",
        "https://evil.com/x/doi/10.1038/nature14236",
        "mailto:someone@doi.org",
        "",
    ],
)
def test_an_address_that_leaves_a_doubt_identifies_nothing(url: str) -> None:
    assert list(ids_of_url(url)) == []
