// FoldInSVD
