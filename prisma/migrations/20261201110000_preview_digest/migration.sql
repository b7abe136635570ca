-- An upload is imported only as it was when its preview was made. Previews from before this version are not compared.
ALTER TABLE "Import" ADD COLUMN "previewDigest" TEXT;
