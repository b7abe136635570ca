export { testImage as phantomImage } from "@/lib/science/imaging/test-image";
